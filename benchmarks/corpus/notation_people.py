"""
People of many countries for the corpus of notations: how their names and addresses are written, and what is not them.

All are invented. Each line is a value, a separator, and texts; a text after `!` is a control.
"""

from typing import NamedTuple


class Sample(NamedTuple):
    """A value of one locale, texts that hold it in another notation, and texts that do not hold it."""

    locale: str
    category: str
    value: str
    texts: tuple[str, ...]
    controls: tuple[str, ...]


NAMES = """
en-US | Brauzin T. Feldoquar Jr. | Feldoquar, Brauzin T. | Dear Mr. Feldoquar | B. T. Feldoquar | Brauzin Feldoquar ! Brauzin ! Dear Mr. Feldoquist ! Brauzin T.
en-GB | Dr Quenby Alice Thornwick OBE | Quenby Thornwick | Thornwick, Quenby A. | Q. A. Thornwick | Dr Thornwick ! Quenby Alice ! Quenby ! Thornwickshire
es-ES | Noralba Iris Peza Gil | Noralba Peza | Peza Gil, Noralba Iris | Sra. Peza Gil | N. I. Peza Gil ! Iris Gil ! Peza ! Noralba
es-MX | Juan Carlos Quezalar Brizuelo | Sr. Quezalar | Juan Quezalar | QUEZALAR BRIZUELO JUAN CARLOS | J. C. Quezalar Brizuelo ! Juan Carlos ! Quezal ! Juan
pt-BR | Lourival de Abrunhosa Vantim | Lourival Vantim | Abrunhosa Vantim, Lourival | L. de Abrunhosa Vantim ! Lourival ! de Abrunha
nl-NL | Jurriaan van der Quelmorst | Quelmorst, Jurriaan van der | J. van der Quelmorst | Dhr. Van der Quelmorst | Jurriaan Quelmorst ! Jurriaan ! van der ! Quelmost
de-DE | Jörg-Günter Mühlquörner | Muehlquoerner, Joerg-Guenter | Joerg-Guenter Muehlquoerner | Jorg-Gunter Muhlquorner | Frau Mühlquörner ! Jörg ! Herr Mühlquarner
fr-FR | Élodie de La Quintrelle | Quintrelle, Élodie de La | Mme de La Quintrelle | ELODIE DE LA QUINTRELLE | E. de La Quintrelle ! Elodie ! de la ! Quintrell
da-DK | Søren Ågesborg Øllequist | Soeren Aagesborg Oellequist | Øllequist, Søren | Soren Ollequist ! Søren ! Øllequest
pl-PL | Żaneta Wiśloborska-Kręc | Zaneta Wisloborska-Krec | Wiśloborska-Kręc Żaneta | Ż. Wiśloborska-Kręc ! Żaneta ! Wiślobor
cs-CZ | Řehoř Čtvrtníkovský | Čtvrtníkovský Řehoř | Rehor Ctvrtnikovsky | pan Čtvrtníkovský ! Řehoř ! Čtvrtník
hu-HU | Kőrösvári Töhötömke | Töhötömke Kőrösvári | KOROSVARI TOHOTOMKE ! Kőrös
tr-TR | Işıl Gürçınaroğlu | GÜRÇINAROĞLU, Işıl | Isil Gurcinaroglu | I. Gürçınaroğlu ! Işıl
ro-RO | Ștefania Țurcăneanu | Turcaneanu, Stefania | Ștefania ȚURCĂNEANU | S. Turcaneanu ! Ștefania
vi-VN | Nguyễn Quỳnh Trâmlan | Nguyen Quynh Tramlan | Trâmlan Nguyễn Quỳnh | NGUYEN QUYNH TRAMLAN ! Nguyễn ! Quỳnh
ru-RU | Вольдемар Щукарёвский | Щукаревский Вольдемар | Voldemar Shchukarevskii | Voldemar Shchukaryovskiy | Woldemar Schtschukarjowskij | В. Щукарёвский ! Вольдемар ! Щукин
uk-UA | Олелько Ґрицюченко | Грицюченко Олелько | Olelko Grytsiuchenko | Ґрицюченко О. ! Олелько
el-GR | Γεώργιος Παπαδοκάρης | Παπαδοκάρης Γεώργιος | Georgios Papadokaris | ΓΕΩΡΓΙΟΣ ΠΑΠΑΔΟΚΑΡΗΣ ! Γεώργιος ! Παπαδάκης
ar-EG | محمود القحطانية | محمود القحطانيه | مـحـمـود القـحـطانية | القحطانية، محمود ! محمود ! القحطاني
fa-IR | کیومرث یزدانپناهی | كيومرث يزدانپناهي | یزدانپناهی، کیومرث | ک‌یومرث یزدانپناهی ! کیومرث ! یزدانی
he-IL | אלקנה בן-שפיגלמן | בן-שפיגלמן אלקנה | אלקנה בן שפיגלמן ! אלקנה
hi-IN | विश्वंभर त्रिपाठीकर | त्रिपाठीकर विश्वंभर | श्री विश्वंभर त्रिपाठीकर ! विश्वंभर
ja-JP | 田中太郎丸 | 田中太郎丸様 | 氏名：田中太郎丸 | 田中 太郎丸さん | 私は田中太郎丸です ! 田中様 ! 太郎 ! 田中太郎丸子
ja-JP | 高橋みなみ | 高橋みなみ様 | 高橋　みなみ ! 高橋 ! みなみ
zh-CN | 王晓芃 | 客户:王晓芃 | 王晓芃先生 | 我叫王晓芃 | 王晓芃的电话 | 您好王晓芃， ! 王先生 ! 晓芃 ! 大王晓芃芃店
zh-TW | 歐陽淑蕙 | 歐陽淑蕙小姐 | 姓名：歐陽淑蕙 | 歐陽 淑蕙 ! 歐陽 ! 淑蕙 ! 歐陽小姐
zh-CN | 王芃 | 王芃女士 | 姓名：王芃 | "name": "王芃" ! 王芃 ! 王女士 ! 大王芃芃
ko-KR | 김민숙 | 김민숙 님 | 김민숙님 | 고객 김민숙은 | 이름: 김민숙 | 김민숙에게 ! 김민 ! 민숙 ! 현대김민숙산
ko-KR | 이숙 | 이숙 님 | 이름: 이숙 | 이숙씨 ! 이숙 ! 이순신
th-TH | ณัฐพงศ์ศิริ วรรณศิลป์กุล | วรรณศิลป์กุล ณัฐพงศ์ศิริ | คุณ ณัฐพงศ์ศิริ วรรณศิลป์กุล ! ณัฐพงศ์ศิริ
en-SG | Li Wu | Dear Li Wu, | Wu, Li | LI WU | "name": "li wu" ! li wu ! Li ! Wuhan Li
en-AU | Ann | First name: Ann | "firstName": "Ann" | <input name="given_name" value="Ann"> ! Ann ! Dear Ann ! Anna ! filename: Ann
"""

ADDRESSES = """
en-US | 4711 North Hollerstein Avenue | 4711 N. Hollerstein Ave. | 4711 N Hollerstein Avenue | North Hollerstein Ave 4711 ! 4711 North Hollersten Avenue ! 47 North Street
en-US | 12 Main Street | 12 Main St. | Main Street 12 | 12 MAIN ST ! 112 Main St ! 12 Main Road ! Main Street
en-GB | 14 Quelmore Terrace | 14 Quelmore Terr. | Quelmore Terrace, 14 ! 14 Terrace Lane ! Terrace 14
de-DE | Hollersteinstraße 27b | Hollersteinstr. 27b | HOLLERSTEINSTRASSE 27B | Hollersteinstr 27 b ! Hollerstenstr. 27b ! Straße 27b
fr-FR | 31 rue Quintrel | 31, rue Quintrel | 31 R. Quintrel | Rue Quintrel 31 ! 31 rue Quintin ! rue 31
es-ES | Calle Brizuelo 19 | C/ Brizuelo, 19 | C. Brizuelo nº 19 | Cl. Brizuelo 19 ! Calle Mayor 19 ! Calle 19
it-IT | Via Abrunzoli 44 | V. Abrunzoli, 44 | via Abrunzoli n. 44 | 44 Via Abrunzoli ! Via Roma 44 ! via 44
nl-NL | Quelmorststraat 8 | Quelmorststr. 8 | 8 Quelmorststraat | QUELMORSTSTRAAT 8 ! Quelmosstraat 8 ! straat 8
pt-BR | Avenida Vantimora 1020 | Av. Vantimora, 1020 | Avd. Vantimora 1020 | Avenida Vantimora, nº 1020 ! Avenida Paulista 1020 ! Avenida 1020
pl-PL | ulica Wisloborska 15 | ul. Wisloborska 15 | Ul. Wisloborska 15 | 15 ulica Wisloborska ! ul. Wislana 15 ! ulica 15
ru-RU | улица Щукаревская 12 | ул. Щукаревская, 12 | ул Щукаревская 12 | 12 улица Щукаревская ! ул. Щукина, 12 ! улица 12
de-DE | 10115 Berlin, Quelmornweg 12 | Quelmornweg 12, 10115 Berlin | Quelmornweg 12 | Quelmornweg Nr. 12 ! 10115 Berlin ! Weg 12
en-GB | ZQ1A 9XY | ZQ1A9XY | zq1a 9xy | ZQ1A-9XY ! ZQ1A 9XZ ! ZQ1B 9XY
"""

EMAILS = """
en-US | brauzin.quel+shop@example.com | brauzin.quel@example.com | brauzin.quel+other@example.com | BRAUZIN.QUEL@EXAMPLE.COM ! brauzin@example.com ! shop@example.com
en-US | quel+shop@example.net | quel@example.net | <quel@example.net> | quel+x1@example.net ! quell@example.net ! a.quel@example.net ! quel@example.netx
en-US | noralba.peza@googlemail.com | noralba.peza@gmail.com | noralbapeza@gmail.com | n.oralba.peza+x@gmail.com ! noralba@gmail.com ! norpeza@gmail.com
en-US | nopeza@gmail.com | no.peza@gmail.com | nopeza+news@googlemail.com | NoPeza@GoogleMail.com ! no.pezas@gmail.com
en-US | peqal-list@yahoo.com | peqal@yahoo.com | peqal-shop@yahoo.com ! peqals@yahoo.com ! list@yahoo.com
de-DE | zof@bücherquell.example | zof@xn--bcherquell-9db.example | zof+x@bücherquell.example ! zof@bucherquell.test ! zofi@bücherquell.example
de-DE | lorqua@xn--grn-hoa.example | lorqua@grün.example | lorqua+a@grün.example ! lorna@xn--grn-hoa.example
en-GB | "noralba peza"@example.org | noralba peza@example.org | "noralba peza"@example.org ! noralba@example.org ! peza@example.org
"""


def _samples(category: str, table: str) -> list[Sample]:
    samples = []
    for line in table.strip().splitlines():
        wanted, *controls = line.split(" ! ")
        locale, value, *texts = wanted.split(" | ")
        samples.append(Sample(locale, category, value, tuple(texts), tuple(controls)))
    return samples


SAMPLES = (*_samples("name", NAMES), *_samples("address", ADDRESSES), *_samples("email", EMAILS))
