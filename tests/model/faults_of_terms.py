"""Faults in the terms that shapes and ontology name, each as a line of Turtle, and what must be said of it."""

from __future__ import annotations

from tests.model.turtle import prop

OF_TERMS: dict[str, tuple[str, dict[str, object]]] = {
    "a path that is declared nowhere": (
        prop("sh:class kg:Deal", "sh:path kg:oter ;"),
        {"code": "property-undeclared", "received": "kg:oter", "allowed": ("kg:other",)},
    ),
    "a part of a path that is declared nowhere": (
        prop("sh:minCount 1", "sh:path ( kg:oter [ sh:inversePath kg:more ] ) ;"),
        {"code": "property-undeclared", "received": "kg:oter"},
    ),
    "a pair with a property that is declared nowhere": (
        prop("sh:class kg:Deal ; sh:disjoint kg:byer"),
        {"code": "property-undeclared", "received": "kg:byer", "allowed": ("kg:buyer",)},
    ),
    "a companion of no date": (
        prop("sh:lessThanOrEquals kg:startLatest", "sh:path kg:beginEarliest ;"),
        {"code": "property-undeclared", "received": "kg:beginEarliest"},
    ),
    "a node shape without a type": (
        "shape:X sh:targetClass kg:BigDeal ; sh:property shape:Deal-buyer .",
        {"code": "shape-untyped", "shape": "shape:X"},
    ),
    "a node shape without a target": (
        "shape:X a sh:NodeShape ; sh:property shape:Deal-buyer .",
        {"code": "shape-no-target", "shape": "shape:X"},
    ),
    "a property shape that no node shape has": (
        prop("sh:class kg:Deal").replace("shape:Deal sh:property shape:Deal-more .", ""),
        {"code": "shape-unused", "shape": "shape:Deal-more"},
    ),
    "a property shape under another name": (
        prop("sh:class kg:Deal").replace("sh:property shape:Deal-more", "sh:property shape:Deal-mroe"),
        {"code": "shape-missing", "received": "shape:Deal-mroe", "allowed": ("shape:Deal-more",)},
    ),
    "a value type under another name": (
        prop("sh:node shape:Mony"),
        {
            "code": "shape-unknown-value-type",
            "received": "shape:Mony",
            "every": ("shape:Money", "shape:Date"),
        },
    ),
    "a class above that is declared nowhere": (
        "kg:Suit a owl:Class ; rdfs:subClassOf kg:Clam . shape:Suit a sh:NodeShape ; sh:targetClass kg:Suit .",
        {
            "code": "class-above-undeclared",
            "shape": "kg:Suit",
            "received": "kg:Clam",
            "allowed": ("kg:Claim",),
        },
    ),
    "a target that no record can be of": (
        "kg:Suit a owl:Class . shape:Suit a sh:NodeShape ; sh:targetClass kg:Suit .",
        {"code": "target-no-record", "shape": "shape:Suit", "received": "kg:Suit"},
    ),
    "an entity that is a claim": (
        "kg:Suit a owl:Class ; rdfs:subClassOf kg:Company, kg:Deal .",
        {"code": "class-entity-and-claim", "shape": "kg:Suit"},
    ),
    "a misspelt term of another vocabulary": (
        "kg:Suit a owl:Clss ; rdfs:subClassOf kg:Deal .",
        {"code": "term-unknown", "received": "owl:Clss", "allowed": ("owl:Class",), "shape": "kg:Suit"},
    ),
    "a misspelt severity predicate": (
        prop("sh:minCount 1").replace("sh:severity", "sh:severty"),
        {"code": "shape-unknown-term", "received": "sh:severty"},
    ),
    "a misspelt path": (
        prop("sh:class kg:Deal", "sh:pth kg:more ;"),
        {"code": "shape-unknown-term", "received": "sh:pth", "allowed": ("sh:path",)},
    ),
    "a misspelt target": (
        "shape:X a sh:NodeShape ; sh:targetClas kg:BigDeal ; sh:property shape:Deal-buyer .",
        {"code": "shape-unknown-term", "received": "sh:targetClas", "allowed": ("sh:targetClass",)},
    ),
    "a misspelt holder of properties": (
        prop("sh:class kg:Deal").replace("sh:property", "sh:proprty"),
        {"code": "shape-unknown-term", "received": "sh:proprty", "allowed": ("sh:property",)},
    ),
    "a misspelt type of a target": (
        "kg:Suit a owl:Clas ; rdfs:subClassOf kg:Deal . shape:Suit a sh:NodeShape ; sh:targetClass kg:Suit .",
        {"code": "term-unknown", "received": "owl:Clas", "shape": "kg:Suit"},
    ),
    "a misspelt superclass predicate": (
        "kg:Suit a owl:Class ; rdfs:subClasOf kg:Deal . shape:Suit a sh:NodeShape ; sh:targetClass kg:Suit .",
        {"code": "term-unknown", "received": "rdfs:subClasOf", "shape": "kg:Suit"},
    ),
    "a misspelt type of a property": (
        prop("sh:class kg:Deal ; sh:disjoint kg:new", "sh:path kg:new ;") + "kg:new a owl:ObjectProprty .",
        {"code": "term-unknown", "received": "owl:ObjectProprty", "shape": "kg:new"},
    ),
    "a property that is declared nowhere and used twice": (
        prop("sh:class kg:Deal", "sh:path kg:oter ;") + "shape:Deal-buyer sh:disjoint kg:oter .",
        {"code": "property-undeclared", "received": "kg:oter"},
    ),
    "a misspelt predicate of another vocabulary": (
        "kg:Deal rdfs:lable 'deal'@en .",
        {"code": "term-unknown", "received": "rdfs:lable", "allowed": ("rdfs:label",)},
    ),
}

WORDS = 'rdfs:label "suit"@en, "소송"@ko ; skos:definition "A suit."@en, "소송."@ko'
WARNINGS: dict[str, tuple[str, dict[str, object]]] = {
    "a label in one language": (
        f"law:Suit a owl:Class ; rdfs:subClassOf kg:Deal ; {WORDS}".replace(', "소송"@ko', "") + " .",
        {"code": "words-missing", "shape": "law:Suit", "languages": ("ko",), "term": "rdfs:label"},
    ),
    "a class without a definition": (
        f"law:Suit a owl:Class ; rdfs:subClassOf kg:Deal ; {WORDS.partition(';')[0]} .",
        {"code": "class-undefined", "shape": "law:Suit"},
    ),
    "a concept without a notation": (
        'law:swap a kg:Kind ; skos:prefLabel "swap"@en, "교환"@ko .',
        {"code": "concept-unwritable", "shape": "law:swap"},
    ),
    "a field with a description in no language": (
        prop('sh:class kg:Deal ; sh:name "more"@en, "더"@ko ; sh:description "More."'),
        {"code": "words-missing", "term": "sh:description", "languages": ("en", "ko")},
    ),
    "a term that a growing vocabulary may have by now": (
        prop(
            'sh:class kg:Deal ; sh:name "m"@en, "더"@ko ; sh:description "m"@en, "더"@ko',
            "sh:path schema:amout ;",
        ),
        {"code": "term-unknown", "received": "schema:amout", "allowed": ("schema:amount",)},
    ),
}
