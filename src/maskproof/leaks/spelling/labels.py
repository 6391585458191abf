"""Words for each category, as labels, keys and names of fields say them: what stands behind one is a value of it."""

import re
from collections.abc import Mapping
from functools import cache

from maskproof.leaks.spelling.folding import fold

LABELS: Mapping[str, str] = {
    "name": (
        "(?:first|last|full|given|family|middle|user|nick|customer|holder|contact|your|display)?[ _-]?names?|forename|surname|"
        "vorname|nachname|familienname|nom|prenom|nombre|apellidos?|nome|cognome|sobrenome|imie|nazwisko|jmeno|prijmeni|"
        "naam|voornaam|achternaam|namn|fornamn|efternamn|navn|fornavn|etternavn|nimi|etunimi|sukunimi|isim|soyad[i]?|ad soyad|"
        "имя|фамилия|фио|ονομα|επωνυμο|الاسم|نام|שם|नाम|ชื่อ|ho va ten|ten|"
        "姓名|名前|氏名|お名前|名字|姓|名|客户|客戶|用户|用戶|会员|會員|收件人|联系人|聯絡人|称呼|이름|성명|성함|고객(?:명)?|회원(?:명)?|수신자"
    ),
    "payment": "cvc2?|cvv2?|csc|security[ _-]?code|card[ _-]?code|expir[a-z]*(?:[ _-]?date)?|exp|valid[ _-]?(?:thru|until)|prufziffer|gultig bis",
    "password": "password|passwd|pwd|pass|pin|otp|code|(?:one[ _-]?time|verification|security|auth)[ _-]?(?:code|password)|passcode|kennwort|passwort|contrasena|mot de passe|senha|heslo|密码|密碼|验证码|驗證碼|パスワード|비밀번호|пароль",
    "address": "zip(?:[ _-]?code)?|post(?:al)?[ _-]?code|postcode|plz|postleitzahl|code postal|codigo postal|cp|cap|cep|postnummer|city|town|ort|stadt|ville|ciudad|citta|address|adresse|direccion|郵便番号|邮编|우편번호|индекс|city|gemeinde",
    "phone": "(?:tele)?phone(?:[ _-]?(?:no|number))?|mobile|tel|telefon|fon|handy|ext(?:ension)?|电话|電話|전화|телефон",
    "date_of_birth": "(?:date of )?birth(?:[ _-]?(?:date|day))?|dob|geburtsdatum|geb|naissance|nacimiento|nascita|生日|出生日期|生年月日|생년월일",
    "email": "e-?mail(?:[ _-]?address)?|mail|correo|邮箱|メール|이메일",
    "ssn": "ssn|social[ _-]?security(?:[ _-]?(?:no|number))?",
    "national_id": "(?:national|personal|identity)[ _-]?(?:id(?:entity)?|code|number|no)|id[ _-]?(?:card|number|no)|identification",
    "tax_id": "tax[ _-]?(?:id|number|no|payer)[a-z ]*|tin|vat|steuer[a-z -]*|nif|codice fiscale",
    "health_id": "health[ _-]?(?:id|number|no|insurance|card)|nhs(?:[ _-]?(?:no|number))?|medicare|krankenversicherung[a-z]*|kvnr",
    "passport": "passport(?:[ _-]?(?:no|number))?|pass(?:nummer)?|reisepass|pasaporte|passeport",
    "driving_licence": "(?:driv(?:er|ing)s?'?[ _-]?)?licen[cs]e(?:[ _-]?(?:no|number))?|fuhrerschein[a-z]*|permis|licencia",
    "vehicle_plate": "(?:number|license|licence|registration)?[ _-]?plate|registration|kennzeichen|immatriculation|matricula|targa|vrm|reg",
    "bank_account": "iban|account(?:[ _-]?(?:no|number))?|kontonummer|konto|cuenta|compte",
    "ip_address": "ip(?:[ _-]?address)?|remote[ _-]?addr[a-z]*|client[ _-]?ip",
    "device_id": "device(?:[ _-]?id)?|imei|mac(?:[ _-]?address)?|idfa|gaid|serial",
}  # fmt: skip
# Between a label and its value: quotes, signs, tags, and the attribute that holds what a field holds.
BETWEEN = (
    r"[\s\"'*:=.)\]\uff1a\uff1d\\]{0,8}(?:(?:<[^<>]{0,80}>|value=|content=|is|ist|es|=>)\s*){0,4}[\s\"':=>\\(\[]{0,6}$"
)
# The name of an attribute in the path of a node: `input[name="email"]`.
ATTRIBUTE = re.compile(r"\[[a-z-]+=")


@cache
def _label(category: str) -> re.Pattern[str]:
    words = fold(LABELS.get(category, "")) or re.escape(fold(category).replace("_", " ")).replace(r"\ ", "[ _-]?")
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z]){BETWEEN}")


def has_label(before: str, category: str) -> bool:
    """
    Whether a text ends in a label of a category.

    Args:
        before: What stands before a value.
        category: Its category; of one that is not known, the category itself is the label.

    """
    return _label(category).search(fold(before)) is not None


def is_label(name: str, category: str) -> bool:
    """
    Whether the name or label of a field says a category.

    Args:
        name: The name, label or path of a field.
        category: A category.

    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", ATTRIBUTE.sub("[", name))
    return any(has_label(part, category) for part in re.split(r"[^\w\s'-]+", words) if part.strip())
