"""Kinds of streets in the languages of most addresses, each with its abbreviations."""

_GROUPS = """
street st str
avenue ave av aven
road rd
lane ln
drive dr drv
boulevard blvd boul bd bvd
court ct
place pl
square sq
terrace ter terr tce
parkway pkwy pky
highway hwy
circle cir
trail trl
close cl
crescent cres cr
gardens gdns
grove gr grv
way wy
alley aly
mount mt
strasse str
strase str
platz pl
weg w
gasse g
allee al
straat str
laan ln
plein pln
gracht gr
singel sgl
rue r
chemin ch che
impasse imp
quai q
route rte
calle c cl cll
avenida avda av avd
plaza pza pl
paseo ps pso
carretera ctra
carrera cra kr
ronda rda
rua r
travessa tv trav
praca pca pc
estrada estr
rodovia rod
alameda al
largo lgo
via v
viale vle
piazza pza pzza
corso cso
largo lgo
ulica ul
aleja al
aleje al
osiedle os
plac pl
gata g
gatan g
vagen v
vej v
gade g
namesti nam
trida tr
utca u
ut u
strada str
bulevardul bd
улица ул
проспект пр пр-т просп
переулок пер
площадь пл
шоссе ш
бульвар б-р бул
вулиця вул
οδος οδ
λεωφορος λεωφ
sokak sk sok
caddesi cad cd
mahallesi mah
jalan jl
"""
_LISTS = [line.split() for line in _GROUPS.split("\n") if line]
# From each word to every way to write it.
STREET_WORDS: dict[str, tuple[str, ...]] = {
    word: tuple(dict.fromkeys(other for group in _LISTS if word in group for other in (group[0], *group)))
    for word in dict.fromkeys(word for group in _LISTS for word in group)
}
# The full words: an abbreviation alone does not show that a line is a street.
STREET_KINDS = frozenset(group[0] for group in _LISTS)
# Ends of one word with the name, as in Dutch, German and Scandinavian.
ENDINGS = {
    "strasse": ("strasse", "str"), "straat": ("straat", "str"), "str": ("str", "strasse", "straat"),
    "gatan": ("gatan", "g"), "vagen": ("vagen", "v"), "platz": ("platz", "pl"), "laan": ("laan", "ln"),
    "gasse": ("gasse", "g"), "plein": ("plein", "pln"), "vej": ("vej", "v"),
    **{ending: (ending,) for ending in ("weg", "allee", "ring", "damm", "ufer", "gracht", "kade", "singel", "dreef",
                                        "gade", "gata", "veien", "stien", "tie", "katu", "kuja", "utca")},
}  # fmt: skip
DIRECTIONS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw",
}  # fmt: skip
