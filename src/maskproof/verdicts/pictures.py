"""Where the pictures of a run are, of which types, and what the moments are called that they show."""

import base64

# Below the folder of the reports: a folder a case, in it the pictures and their index; and the style sheets of pages.
PICTURES_FOLDER = "run/pictures"
STYLES_FOLDER = "run/styles"
INDEX = "index.json"
# A folder there that is of no case: Umami's own web pages, and what they show.
UMAMI_PAGES = "umami-pages"
UMAMI_PAGES_INDEX = "pages.json"
# The types of pictures, by the end of their files' names.
TYPES = {".png": "image/png", ".jpg": "image/jpeg"}
# A picture in that folder of texts that nobody covered; they are nobody's.
CONTROL = "control.png"
CONTROL_TEXTS = ("readable.canary@example.com", "Legible Canary", "4711 0815 4711 0815", "Control-Street 42b")
TITLES = {"filled": "The form is filled in", "message": "A validation message", "end": "The end of the journey"}


def data_url(suffix: str, picture: bytes) -> str:
    """
    A picture within a page.

    Args:
        suffix: The end of its file's name.
        picture: Its bytes.

    """
    return f"data:{TYPES[suffix]};base64,{base64.b64encode(picture).decode()}"
