"""Names for the bench of resolving, and what people do to them: lists apart from the program's tables."""

# ruff: noqa: E501 - a table's line is as long as it is

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

GLEIF: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "gleif" / "api" / "lei_records"

# Hangul, Latin letters, country: as the companies themselves write them
BRANDS: Final = """
삼성|Samsung|KR 현대|Hyundai|KR 롯데|Lotte|KR 한화|Hanwha|KR 두산|Doosan|KR 효성|Hyosung|KR 코오롱|Kolon|KR 포스코|Posco|KR
네이버|Naver|KR 카카오|Kakao|KR 쿠팡|Coupang|KR 넥슨|Nexon|KR 크래프톤|Krafton|KR 셀트리온|Celltrion|KR 아모레퍼시픽|Amorepacific|KR
하이닉스|Hynix|KR 대한항공|Daehan|KR 금호|Kumho|KR 동부|Dongbu|KR 동원|Dongwon|KR 농심|Nongshim|KR 오뚜기|Ottogi|KR 풀무원|Pulmuone|KR
신세계|Shinsegae|KR 이마트|Emart|KR 미래에셋|Mirae Asset|KR 키움|Kiwoom|KR 대웅|Daewoong|KR 유한|Yuhan|KR 한미|Hanmi|KR 종근당|Chongkundang|KR
세아|SeAH|KR 영풍|Youngpoong|KR 한솔|Hansol|KR 태광|Taekwang|KR 삼양|Samyang|KR 빙그레|Binggrae|KR 매일|Maeil|KR 남양|Namyang|KR
소프트뱅크|SoftBank|JP 도요타|Toyota|JP 닌텐도|Nintendo|JP 파나소닉|Panasonic|JP 미쓰비시|Mitsubishi|JP 스미토모|Sumitomo|JP 히타치|Hitachi|JP
노무라|Nomura|JP 라쿠텐|Rakuten|JP 캐논|Canon|JP 올림푸스|Olympus|JP 시세이도|Shiseido|JP 무라타|Murata|JP 키엔스|Keyence|JP
마이크로소프트|Microsoft|US 구글|Google|US 엔비디아|Nvidia|US 퀄컴|Qualcomm|US 오라클|Oracle|US 인텔|Intel|US 브로드컴|Broadcom|US 팔란티어|Palantir|US
테슬라|Tesla|US 셰브론|Chevron|US 화이자|Pfizer|US 모더나|Moderna|US 스타벅스|Starbucks|US 마이크론|Micron|US 오픈에이아이|OpenAI|US 블랙록|BlackRock|US
지멘스|Siemens|DE 바스프|BASF|DE 알리안츠|Allianz|DE 노키아|Nokia|FI 에릭슨|Ericsson|SE 노바티스|Novartis|CH 네슬레|Nestle|CH 로슈|Roche|CH
알리바바|Alibaba|CN 텐센트|Tencent|CN 샤오미|Xiaomi|CN 바이두|Baidu|CN 레노버|Lenovo|CN 아람코|Aramco|SA 타타|Tata|IN 인포시스|Infosys|IN
"""
# traditional, simplified or Japanese
HAN: Final = """
三菱電機|三菱电机 東京電力|东京电力 臺灣積體電路製造|台湾积体电路制造 華為技術|华为技术 騰訊|腾讯 聯想集團|联想集团 國泰航空|国泰航空 長江實業|长江实业
中國銀行|中国银行 東芝電機|东芝电机 萬科企業|万科企业 廣州汽車|广州汽车 鴻海精密|鸿海精密 聯發科技|联发科技 寶山鋼鐵|宝山钢铁 龍湖地產|龙湖地产
"""
TRADES: Final = (
    ("전자", "Electronics", "電子"), ("전기", "Electric", "電機"), ("화학", "Chemical", "化學"), ("건설", "Construction", "建設"),
    ("은행", "Bank", "銀行"), ("증권", "Securities", "證券"), ("자동차", "Motor", "汽車"), ("생명", "Life Insurance", "生命保險"),
    ("에너지", "Energy", "能源"), ("제약", "Pharmaceutical", "製藥"), ("통신", "Telecom", "通信"), ("물류", "Logistics", "物流"),
    ("홀딩스", "Holdings", "控股"), ("인베스트먼트", "Investment", "投資"), ("시스템", "Systems", "系統"), ("바이오", "Bio", "生物"),
    ("엔지니어링", "Engineering", "工程"), ("반도체", "Semiconductor", "半導體"), ("캐피탈", "Capital", "資本"), ("테크놀로지", "Technologies", "科技"),
)  # fmt: skip
SHORT: Final = {
    "Electronics": "Elec.", "Chemical": "Chem.", "Construction": "Constr.", "Holdings": "Hldgs", "Investment": "Inv.",
    "Pharmaceutical": "Pharma", "Engineering": "Eng.", "Technologies": "Tech", "International": "Int'l", "Insurance": "Ins.",
    "Systems": "Sys.", "Telecom": "Tel.", "Management": "Mgmt", "and": "&", "Industries": "Ind.", "Semiconductor": "Semi",
}  # fmt: skip
FORMS: Final = {
    "KR": (("", " Co., Ltd."), ("", " Corp."), ("㈜", ""), ("주식회사 ", ""), ("", " 주식회사"), ("(주)", "")),
    "JP": (("", " Co., Ltd."), ("", " K.K."), ("株式会社", ""), ("", "株式会社"), ("", " Kabushiki Kaisha")),
    "CN": (("", " Co., Ltd."), ("", "有限公司"), ("", "股份有限公司"), ("", " Group Co Ltd")),
    "US": (("", ", Inc."), ("", " Corp."), ("", " LLC"), ("", " Corporation"), ("", " Incorporated"), ("", " L.P.")),
    "DE": (("", " GmbH"), ("", " AG"), ("", " SE"), ("", " GmbH & Co. KG"), ("", " Aktiengesellschaft")),
    "GB": (("", " Ltd"), ("", " Limited"), ("", " plc"), ("", " LLP"), ("", " PUBLIC LIMITED COMPANY")),
    "SG": (("", " Pte. Ltd."), ("", " Private Limited"), ("", " PTE LTD")),
    "IT": (("", " S.p.A."), ("", " SpA"), ("", " S.r.l."), ("", " SRL")),
    "FR": (("", " S.A."), ("", " SA"), ("", " SAS"), ("", " S.A.R.L.")),
    "NL": (("", " B.V."), ("", " BV"), ("", " N.V.")),
    "SE": (("", " AB"), ("", " AB (publ)"), ("", " Aktiebolag")),
    "FI": (("", " Oy"), ("", " Oyj"), ("", " OY AB")),
    "DK": (("", " A/S"), ("", " ApS")),
    "CH": (("", " AG"), ("", " SA")), "SA": (("", " PJSC"), ("", " Co.")), "IN": (("", " Pvt. Ltd."), ("", " Private Limited")),
}  # fmt: skip
# how people of the family, and of the given name's syllable, write it
FAMILIES: Final = """
김|Kim|Gim 이|Lee|Yi|Rhee 박|Park|Pak 최|Choi|Choe 정|Jung|Chung|Jeong 강|Kang 조|Cho|Jo 윤|Yoon|Yun 장|Jang|Chang 임|Lim|Im
한|Han 오|Oh 서|Seo|Suh 신|Shin 권|Kwon 황|Hwang 안|Ahn|An 송|Song 류|Ryu|Yoo 홍|Hong 고|Ko|Koh 문|Moon 양|Yang 손|Son|Sohn 배|Bae 백|Baek|Paik
허|Huh|Heo 남|Nam 심|Shim 노|Noh|Roh 하|Ha 곽|Kwak 성|Sung 차|Cha 주|Joo 우|Woo 구|Koo 민|Min 진|Jin 지|Ji 엄|Um 원|Won 천|Chun 방|Bang
"""
SYLLABLES: Final = """
재|jae 용|yong 현|hyun|hyeon 영|young|yeong 준|jun|joon 우|woo 승|seung 희|hee 진|jin 수|soo|su 민|min 정|jung|jeong 호|ho 석|seok|suk
은|eun 지|ji 훈|hoon|hun 성|sung|seong 경|kyung|gyeong 미|mi 상|sang 태|tae 원|won 혜|hye 연|yeon 동|dong 철|chul|cheol 선|sun|seon
인|in 주|joo|ju 하|ha 윤|yoon|yun 기|ki|gi 아|ah|a 규|kyu|gyu 범|beom|bum 형|hyung|hyeong 남|nam 라|ra 국|kook|guk
"""
WESTERN_GIVEN: Final = "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa".split()  # noqa: SIM905
WESTERN_FAMILY: Final = "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Taylor Moore Jackson Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Müller Schröder Nilsson Sørensen Lefèvre".split()  # noqa: SIM905
TITLES_KO: Final = ("회장", "대표이사", "사장", "의장", "교수")
TITLES_EN: Final = ("Mr.", "Dr.", "Chairman", "Prof.", "CEO")
_ONSETS: Final = "b br c cl d dr f fl g gl h j k kr l m n p pl pr qu r s sk st t tr v w z".split()  # noqa: SIM905
_VOWELS: Final = "a e i o u ea ia io".split()  # noqa: SIM905
_CODAS: Final = ["", "n", "r", "l", "x", "m", "st", "nd", "rk", "th", "ck", ""]


def gleif() -> list[tuple[str, list[str], str, str]]:
    """(LEI, names, country, "") of the records at hand; none where the data are not."""
    found = {}
    for file in sorted(GLEIF.glob("*.json")):
        data = json.loads(file.read_text("utf-8"))["data"]
        for record in data if isinstance(data, list) else [data]:
            entity = record["attributes"]["entity"]
            names = [entity["legalName"]["name"], *(n["name"] for n in entity["otherNames"])]
            found[record["id"]] = (record["id"], names, entity["legalAddress"]["country"], "")
    return list(found.values())


def invented(rng: random.Random) -> str:
    """A word that could be a brand."""
    syllables = rng.choice((2, 2, 3))
    word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(_CODAS)
    return word.capitalize()


def rows(table: str) -> list[list[str]]:
    """The cells of a table of words."""
    return [cell.split("|") for cell in table.split()]


def slip(word: str, rng: random.Random) -> str:
    """One key wrong, missing, twice, or two in the wrong order; not the first."""
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:  # noqa: PLR2004 - the third of four
        return word[:at] + rng.choice("aeiorstn") + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
