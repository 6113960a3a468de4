"""Faults in what a shape says of itself and of its field, each as a line of Turtle, and what must be said of it."""

from __future__ import annotations

from tests.model.turtle import GOOD_QUERY, prop, query

OF_SHAPES: dict[str, tuple[str, dict[str, object]]] = {
    "two paths": (
        prop("sh:path kg:other ; sh:minCount 1"),
        {"code": "shape-two-paths", "paths": ("kg:more", "kg:other")},
    ),
    "no path": (prop("sh:minCount 1", path=""), {"code": "shape-no-path", "shape": "shape:Deal-more"}),
    "a path that is text": (prop("sh:minCount 1", 'sh:path "p" ;'), {"code": "shape-bad-path"}),
    "a path that is nothing": (prop("sh:minCount 1", "sh:path [] ;"), {"code": "shape-bad-path"}),
    "a count on a node shape": ("shape:Date sh:minCount 1 .", {"code": "shape-needs-path"}),
    "a severity that is text": (
        prop('sh:minCount 1 ; sh:severity "bad"').replace("sh:severity sh:Violation ;", ""),
        {"code": "shape-severity-not-iri", "received": "bad"},
    ),
    "a misspelt predicate": (
        prop("sh:minCounts 1"),
        {"code": "shape-unknown-term", "allowed": ("sh:minCount",)},
    ),
    "a misspelt severity": (
        prop("sh:minCount 1").replace("sh:Violation", "sh:Violaton"),
        {"code": "shape-unknown-term", "received": "sh:Violaton", "allowed": ("sh:Violation",)},
    ),
    "an advanced feature": (
        prop("sh:minCount 1 . shape:Deal sh:rule [ a kg:R ]"),
        {"code": "shape-unknown-term"},
    ),
    "said twice": (prop("sh:minCount 1, 2"), {"code": "shape-said-twice", "term": "sh:minCount"}),
    "a property shape that is not there": (
        "shape:Deal sh:property shape:Deal-sellr .",
        {"code": "shape-missing"},
    ),
    "a shape in a list that is not there": (
        "shape:Deal sh:and ( shape:Nothing ) .",
        {"code": "shape-missing"},
    ),
    "a shape within itself": (
        """shape:Money sh:property shape:Money-inner . shape:Money-inner a sh:PropertyShape ;
        sh:path schema:value ; sh:severity sh:Info ; sh:node shape:Money .""",
        {"code": "shape-circle", "circle": "shape:Money → shape:Money-inner → shape:Money"},
    ),
    "a shape within itself through a list": (
        "shape:Deal sh:and ( [ sh:not shape:Deal ] ) .",
        {"code": "shape-circle"},
    ),
    "shapes too deep": (
        "shape:D0 sh:and ( shape:D1 ) . "
        + "".join(f"shape:D{i} sh:not shape:D{i + 1} . " for i in range(1, 48))
        + "shape:D48 sh:nodeKind sh:IRI .",
        {"code": "shape-too-deep", "shape": "shape:D0", "levels": 49},
    ),
    "a list without an end": ("shape:Date sh:and [ rdf:first shape:Money ] .", {"code": "shape-broken-list"}),
    "a list with two members in one": (
        "shape:Date sh:and [ rdf:first shape:Money, shape:Deal ; rdf:rest () ] .",
        {"code": "shape-broken-list"},
    ),
    "a list that is none": ("shape:Date sh:languageIn kg:Company .", {"code": "shape-broken-list"}),
    "a list that never ends": (
        "shape:Date sh:languageIn _:l . _:l rdf:first 'ko' ; rdf:rest _:l .",
        {"code": "shape-cyclic-list", "shape": "shape:Date"},
    ),
    "a bad pattern": (prop("sh:pattern '(a'"), {"code": "shape-bad-pattern"}),
    "an unknown escape": (
        prop(r"sh:pattern 'a\\z'"),
        {"code": "shape-bad-pattern", "reason": r"unknown escape \z"},
    ),
    "an unknown category": (prop(r"sh:pattern '\\p{Hangul}'"), {"code": "shape-bad-pattern"}),
    "a class minus a class": (prop("sh:pattern '[a-z-[aeiou]]'"), {"code": "shape-bad-pattern"}),
    "a pattern with look-around": (prop("sh:pattern '^(?=a)'"), {"code": "shape-pattern-look-around"}),
    "a pattern with a back-reference": (
        prop(r"sh:pattern '(a)\\1'"),
        {"code": "shape-pattern-back-reference"},
    ),
    "a bad pattern of a datatype": (
        "kg:lei a rdfs:Datatype ; owl:withRestrictions ( [ xsd:pattern '[A-Z' ] ) .",
        {"code": "shape-bad-pattern", "shape": "kg:lei"},
    ),
    "flags that are none": (prop("sh:pattern 'a' ; sh:flags 'iz'"), {"code": "shape-bad-flags"}),
    "a property shape without an IRI": (
        "shape:Deal sh:property [ sh:path kg:more ; sh:minCount 1 ] .",
        {"code": "shape-blank", "shape": "shape:Deal", "path": "kg:more"},
    ),
    "a property shape without severity": (
        prop("sh:minCount 1").replace("sh:severity sh:Violation ;", ""),
        {"code": "shape-no-severity", "shape": "shape:Deal-more"},
    ),
    "an enumeration": (prop("sh:in ( 1 2 )"), {"code": "shape-in"}),
    "a choice of classes": (
        prop("sh:or ( [ sh:class kg:Deal ] [ sh:class kg:Company ] )"),
        {"code": "shape-or-classes"},
    ),
    "a class that is not there": (
        prop("sh:class kg:Compny"),
        {"code": "shape-unknown-class", "allowed": ("kg:Company",)},
    ),
    "a value type that is none": (
        prop("sh:node shape:Other . shape:Other a sh:NodeShape"),
        {
            "code": "shape-unknown-value-type",
            "received": "shape:Other",
            "every": ("shape:Date", "shape:Money"),
        },
    ),
    "a target that is not there": (
        "shape:X a sh:NodeShape ; sh:targetClass kg:BgDeal .",
        {"code": "shape-unknown-target", "allowed": ("kg:BigDeal",)},
    ),
    "an annotation that is none": (
        prop("kg:label 'x'"),
        {"code": "shape-unknown-annotation", "received": "kg:label"},
    ),
    "a key that is text": (prop("sh:class kg:Deal ; kg:key 'false'"), {"code": "shape-key-not-boolean"}),
    "a field name with a space": (
        prop("sh:class kg:Deal ; kg:field 'a b'"),
        {"code": "shape-bad-field-name"},
    ),
    "a field called type": (prop("sh:class kg:Deal ; kg:field 'type'"), {"code": "shape-bad-field-name"}),
    "a field name with two properties": (
        prop("sh:class kg:Deal", "sh:path schema:buyer ;"),
        {"code": "field-two-paths", "received": "buyer", "paths": ("kg:buyer", "schema:buyer")},
    ),
    "a SPARQL constraint beside others": (
        query(GOOD_QUERY, on_shape="sh:nodeKind sh:IRI ;"),
        {"code": "sparql-not-alone"},
    ),
    "two SPARQL constraints": (
        query(GOOD_QUERY) + "shape:More sh:sparql shape:Selling-query .",
        {"code": "sparql-not-alone"},
    ),
    "a SPARQL constraint on a blank shape": (
        query(GOOD_QUERY).replace("shape:More a", "[] a"),
        {"code": "sparql-not-alone"},
    ),
    "a severity on the constraint": (
        query(GOOD_QUERY, more="sh:severity sh:Info ;"),
        {"code": "sparql-severity"},
    ),
    "no severity on its shape": (
        query(GOOD_QUERY).replace("sh:severity sh:Warning ;", ""),
        {"code": "shape-no-severity", "shape": "shape:More"},
    ),
    "no query": (query(GOOD_QUERY).replace("sh:select", "sh:ask"), {"code": "sparql-no-query"}),
    "a query that can't be read": (query("SELECT $this WHERE {"), {"code": "sparql-syntax"}),
    "a query with a prefix that is not declared": (
        query("SELECT $this ?path ?value WHERE { $this x:y ?value }"),
        {"code": "sparql-syntax"},
    ),
    "no ?path": (
        query("SELECT $this ?value WHERE { $this ?path ?value }"),
        {"code": "sparql-projection", "received": "?path"},
    ),
    "SERVICE": (
        query("SELECT $this ?path ?value WHERE { SERVICE <http://x.example/> { $this ?path ?value } }"),
        {"code": "sparql-forbidden", "received": "SERVICE"},
    ),
    "MINUS": (
        query("SELECT $this ?path ?value WHERE { $this ?path ?value MINUS { ?a ?b 1 } }"),
        {"code": "sparql-forbidden", "received": "MINUS"},
    ),
    "a count that is a fraction": (prop("sh:minCount 1.5"), {"code": "shape-not-count", "received": "1.5"}),
    "a count that is an IRI": (prop("sh:minCount kg:one"), {"code": "shape-not-count", "received": "kg:one"}),
    "a count that is a word": (prop("sh:maxCount 'one'"), {"code": "shape-not-count", "received": "one"}),
    "a count below zero": (prop("sh:minCount -1"), {"code": "shape-not-count", "term": "sh:minCount"}),
    "a length that is a word": (
        prop("sh:minLength 'abc'"),
        {"code": "shape-not-count", "received": "abc", "shape": "shape:Deal-more"},
    ),
    "an order that is a word": (
        prop("sh:datatype xsd:string ; sh:order 'first'"),
        {"code": "shape-not-number", "received": "first"},
    ),
    "a truth that is a word": (
        prop("sh:datatype xsd:string ; sh:deactivated 'yes'"),
        {"code": "shape-not-boolean", "term": "sh:deactivated", "received": "yes"},
    ),
    "a name that is an IRI": (
        prop("sh:datatype xsd:string ; sh:name kg:more"),
        {"code": "shape-not-text", "term": "sh:name", "received": "kg:more"},
    ),
    "a description that is a number": (
        prop("sh:datatype xsd:string ; sh:description 3"),
        {"code": "shape-not-text", "term": "sh:description"},
    ),
    "a message that is an IRI": (
        query(GOOD_QUERY, more="sh:message kg:more ;"),
        {"code": "shape-not-text", "term": "sh:message"},
    ),
    "a group that is nowhere": (
        prop("sh:datatype xsd:string ; sh:group shape:waht"),
        {"code": "shape-unknown-group", "received": "shape:waht", "near": ("shape:what",)},
    ),
    "a path of a field that is a list": (
        prop("sh:class kg:Deal", "sh:path ( kg:more kg:other ) ;"),
        {"code": "shape-field-path", "shape": "shape:Deal-more"},
    ),
    "a path of a field that is inverse": (
        prop("sh:datatype xsd:string", "sh:path [ sh:inversePath kg:more ] ;"),
        {"code": "shape-field-path"},
    ),
    "a datatype that is none": (
        prop("sh:datatype xsd:intger"),
        {"code": "shape-unknown-datatype", "received": "xsd:intger", "allowed": ("xsd:integer",)},
    ),
    "a datatype that no value can be read as": (
        prop("sh:datatype rdf:langString"),
        {"code": "shape-unknown-datatype", "received": "rdf:langString"},
    ),
    "an identifier scheme as a class": (prop("sh:class kg:lei"), {"code": "shape-unknown-class"}),
    "a default that is no concept of the class": (
        prop("sh:class kg:Kind ; sh:defaultValue kg:takover"),
        {"code": "shape-default", "received": "kg:takover", "allowed": ("kg:takeover",)},
    ),
    "a default that is the notation": (
        prop("sh:defaultValue 'merger'", "sh:path kg:kind ;"),
        {"code": "shape-default", "received": "merger", "allowed": ("kg:merger",)},
    ),
    "a default of another datatype": (
        prop("sh:datatype xsd:decimal ; sh:defaultValue '1'"),
        {"code": "shape-default-datatype", "received": "1", "range": "xsd:decimal"},
    ),
    "a class and a value type": (
        prop("sh:class kg:Deal ; sh:node shape:Money"),
        {"code": "shape-two-ranges", "values": ("sh:class kg:Deal", "sh:node shape:Money")},
    ),
    "a class and a datatype": (
        prop("sh:class kg:Deal ; sh:datatype xsd:string"),
        {"code": "shape-two-ranges"},
    ),
    "two classes": (prop("sh:class kg:Deal, kg:Company"), {"code": "shape-two-ranges"}),
    "a datatype and IRIs": (
        prop("sh:datatype xsd:string ; sh:nodeKind sh:IRI"),
        {"code": "shape-two-ranges"},
    ),
    "more at least than at most": (
        prop("sh:class kg:Deal ; sh:minCount 3 ; sh:maxCount 2"),
        {"code": "shape-nothing-fits", "low": "sh:minCount 3", "high": "sh:maxCount 2"},
    ),
    "a bound on a reference": (
        prop("sh:class kg:Deal ; sh:minInclusive 1"),
        {"code": "shape-facet", "received": "sh:minInclusive", "range": "kg:Deal"},
    ),
    "a pattern on an amount": (
        prop("sh:pattern '^a$'", "sh:path schema:amount ;"),
        {"code": "shape-facet", "received": "sh:pattern", "range": "shape:Money"},
    ),
    "a bound on a text": (
        prop("sh:datatype xsd:string ; sh:maxInclusive 1"),
        {"code": "shape-facet", "received": "sh:maxInclusive", "allowed": ("sh:pattern",)},
    ),
    "a bound that is text": (
        prop("sh:datatype xsd:decimal ; sh:minInclusive '1'"),
        {"code": "shape-bound", "received": "1", "facet": "sh:minInclusive"},
    ),
    "a field without a range": (
        prop("sh:minCount 1 ; sh:order 3"),
        {"code": "shape-no-range", "shape": "shape:Deal-more"},
    ),
    "a property shape that says nothing": (prop("sh:name 'more'@en"), {"code": "shape-no-range"}),
}
