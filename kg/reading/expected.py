"""What JSON would allow where something else stands, in plain words.

Each is a value for the argument ``expected`` of a ``not-json`` message.
"""

from __future__ import annotations

from typing import Final

Words = dict[str, str]
"""Language -> text."""

VALUE: Final[Words] = {"en": "a value is expected", "ko": "값이 와야 합니다"}
KEY: Final[Words] = {
    "en": "a key in double quotation marks is expected",
    "ko": "큰따옴표로 묶은 키가 와야 합니다",
}
COLON: Final[Words] = {"en": "a colon is expected after the key", "ko": "키 다음에는 콜론(:)이 와야 합니다"}
COMMA_IN_OBJECT: Final[Words] = {
    "en": "a comma or } is expected",
    "ko": "쉼표(,)나 닫는 중괄호(})가 와야 합니다",
}
COMMA_IN_ARRAY: Final[Words] = {
    "en": "a comma or ] is expected",
    "ko": "쉼표(,)나 닫는 대괄호(])가 와야 합니다",
}
END: Final[Words] = {"en": "nothing more is expected", "ko": "더는 아무것도 없어야 합니다"}
NEXT: Final[Words] = {
    "en": "the next record begins on the next line, after a line feed",
    "ko": "다음 레코드는 줄바꿈(LF) 다음 줄에서 시작해야 합니다",
}
NO_COMMA_AFTER: Final[Words] = {
    "en": "no comma stands after a record",
    "ko": "레코드 뒤에는 쉼표를 쓰지 않습니다",
}
NO_COMMA: Final[Words] = {
    "en": "no comma may stand before a closing bracket",
    "ko": "닫는 괄호 앞에는 쉼표를 쓸 수 없습니다",
}
DOUBLE_QUOTES: Final[Words] = {
    "en": "text stands in double quotation marks",
    "ko": "문자열은 큰따옴표로 묶어야 합니다",
}
NUMBER: Final[Words] = {
    "en": "a number is written like 0, -15 or 2.5e3, without a leading zero or plus",
    "ko": "수는 0, -15, 2.5e3처럼 써야 하며, 앞에 0이나 +를 붙일 수 없습니다",
}
WORD: Final[Words] = {
    "en": "the only words without quotation marks are true, false and null",
    "ko": "따옴표 없이 쓸 수 있는 말은 true, false, null뿐입니다",
}
NO_COMMENT: Final[Words] = {"en": "JSON has no comments", "ko": "JSON에는 주석을 쓸 수 없습니다"}
CLOSED_TEXT: Final[Words] = {
    "en": "the text that begins here needs a closing quotation mark",
    "ko": "여기서 시작한 문자열은 큰따옴표로 닫아야 합니다",
}
ESCAPED: Final[Words] = {
    "en": "a control character inside text is written as an escape such as \\n or \\u0009",
    "ko": "문자열 안의 제어 문자는 \\n, \\u0009 같은 이스케이프로 써야 합니다",
}
ESCAPE: Final[Words] = {
    "en": 'a backslash is followed by one of " \\ / b f n r t or by u and four hexadecimal digits',
    "ko": '역슬래시 다음에는 " \\ / b f n r t 중 하나 또는 u와 16진수 네 자리가 와야 합니다',
}
CLOSED: Final[Words] = {
    "en": "the text ends too early: a closing {close} is missing",
    "ko": "내용이 중간에 끝났습니다. 닫는 괄호 {close} 하나가 빠졌습니다",
}
END_OF_TEXT: Final[Words] = {"en": "the end", "ko": "끝"}
"""What is found where nothing more comes."""
JSON: Final[Words] = {"en": "JSON is expected", "ko": "JSON이어야 합니다"}


def closed(close: str) -> Words:
    """``CLOSED`` naming the bracket that is missing.

    >>> closed("}")["en"]
    'the text ends too early: a closing } is missing'
    """
    return {language: text.format(close=close) for language, text in CLOSED.items()}
