#!/usr/bin/env python3
"""Compares our reading and writing of pandoc's JSON, its native format and metadata with pandoc's.

usage: pandoc_json.py [JSON_ROUND [AST_DUMP]]

The programs are those built from tests/tools; without them, those of $BUILD. Documents are those of
tests/pandoc_json/*.md, each read by pandoc as the kind of Markdown its name begins with, and random trees.
The last line is `N passed, N failed`.
"""
import glob
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("BUILD", "build")
ROUND = sys.argv[1] if len(sys.argv) > 1 else f"{BUILD}/tests/tools/json_round"
DUMP = sys.argv[2] if len(sys.argv) > 2 else f"{BUILD}/tests/tools/ast_dump"
OLD = "1.22.2.1"  # of Debian's pandoc 2.17
passed = failed = 0


def check(name, ours, theirs):
    global passed, failed
    if ours == theirs:
        passed += 1
        return
    failed += 1
    print(f"--- {name}: ours, then pandoc's")
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    for text in (ours, theirs):
        print(f"  …{text[max(0, at - 60):at + 100]!r}")


def run(command, text):
    result = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, check=False)
    return result.stdout.decode()


def pandoc(arguments, text):
    return run(["pandoc", *arguments], text)


def ours(arguments, texts):
    """The answers of json_round to several documents."""
    answer = run([ROUND, *arguments], "\0".join(texts))
    return answer.split("\0")[:-1] if set(arguments) & {"-n", "-s"} else answer.split("\n")[:-1]


def dumps(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# ---- documents -----------------------------------------------------------------------------------

def read_documents():
    """Returns {name: (format, text)}: the documents of a file are parted by lines `@@ NAME`."""
    found = {}
    for path in sorted(glob.glob(f"{HERE}/pandoc_json/*.md")):
        kind = os.path.basename(path)[:-3]
        with open(path, encoding="utf-8") as file:
            parts = file.read().split("\n@@ ")
        for part in parts[1:]:
            name, _, text = part.partition("\n")
            found[f"{kind} {name}"] = (kind, text + "\n")
    return found


def check_documents():
    documents = read_documents()
    with ThreadPoolExecutor(2) as pool:
        theirs = list(pool.map(lambda d: pandoc(["-f", d[0], "-t", "json"], d[1]), documents.values()))
        texts = [text.rstrip("\n") for text in theirs]
        for arguments in (["-n"], ["-s"], ["-n", "-c", "40"]):
            flags = ["-s"] if "-s" in arguments else []
            flags += ["--columns=40"] if "-c" in arguments else []
            native = pool.map(lambda t: pandoc(["-f", "json", "-t", "native", *flags], t), texts)
            for name, our, their in zip(documents, ours(arguments, texts), native):
                check(f"{name} {' '.join(arguments)}", our, their)
    for name, our, their in zip(documents, ours([], texts), texts):
        check(name, our, their)


# ---- random trees --------------------------------------------------------------------------------

class Maker:
    """Random documents, of every type and with the odd values that filters make."""

    WORDS = ["a", "word", "中文", "é", "", " ", "two words", "tab\t", "line\n", "\u00a0", "\"\\", "\x00",
             "\x7f\x1f", "😀", "a", "b.", "c,"]

    def __init__(self, seed, old):
        self.random = random.Random(seed)
        self.old = old
        self.left = 300

    def one(self, *makers):
        return self.random.choice(makers)()

    def several(self, maker, most=4):
        count = self.random.randint(0, most)
        self.left -= count
        return [maker() for _ in range(count if self.left > 0 else 0)]

    def text(self):
        return self.random.choice(self.WORDS)

    def attr(self):
        if self.random.random() < 0.5:
            return ["", [], []]
        return [self.text(), self.several(self.text, 2),
                self.several(lambda: [self.text(), self.text()], 2)]

    def tag(self, *names):
        return {"t": self.random.choice(names)}

    def number(self):
        return self.random.choice([0, 1, 2, 7, -1, 2**62, -2**63])

    def count(self):
        return self.random.choice([0, 1, 2, 3, 2**31])

    def inlines(self):
        return self.several(self.inline, 6)

    def blocks(self):
        return self.several(self.block, 3)

    def target(self):
        return [self.text(), self.text()]

    def citation(self):
        return {"citationId": self.text(), "citationPrefix": self.inlines(),
                "citationSuffix": self.inlines(),
                "citationMode": self.tag("NormalCitation", "AuthorInText", "SuppressAuthor"),
                "citationNoteNum": self.number(), "citationHash": self.number()}

    def inline(self):
        draw = self.random.random()
        if draw < 0.4:
            return {"t": "Str", "c": self.text()}
        if draw < 0.7 or self.left <= 0:
            return self.tag("Space", "Space", "Space", "SoftBreak", "LineBreak")
        kind = self.random.choice(["Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript",
                                   "SmallCaps", "Quoted", "Cite", "Code", "Math", "RawInline", "Link",
                                   "Image", "Note", "Span"])
        content = {
            "Quoted": lambda: [self.tag("SingleQuote", "DoubleQuote"), self.inlines()],
            "Cite": lambda: [self.several(self.citation, 2), self.inlines()],
            "Code": lambda: [self.attr(), self.text()],
            "Math": lambda: [self.tag("InlineMath", "DisplayMath"), self.text()],
            "RawInline": lambda: [self.random.choice(["html", "tex", "", "é"]), self.text()],
            "Link": lambda: [self.attr(), self.inlines(), self.target()],
            "Image": lambda: [self.attr(), self.inlines(), self.target()],
            "Note": self.blocks,
            "Span": lambda: [self.attr(), self.inlines()],
        }.get(kind, self.inlines)()
        return {"t": kind, "c": content}

    def caption(self):
        return [self.random.choice([None, self.inlines()]), self.blocks()]

    def cell(self):
        return [self.attr(), self.alignment(), self.count(), self.count(), self.blocks()]

    def row(self):
        return [self.attr(), self.several(self.cell, 3)]

    def rows(self):
        return self.several(self.row, 2)

    def alignment(self):
        return self.tag("AlignDefault", "AlignLeft", "AlignRight", "AlignCenter")

    def column(self):
        width = self.random.choice([None, 0.5, 0.05, 1.0, 1e-7, 12345678.9, self.random.random()])
        return [self.alignment(), {"t": "ColWidth", "c": width} if width else {"t": "ColWidthDefault"}]

    def body(self):
        return [self.attr(), self.count(), self.rows(), self.rows()]

    def table(self):
        return [self.attr(), self.caption(), self.several(self.column, 3), [self.attr(), self.rows()],
                self.several(self.body, 2), [self.attr(), self.rows()]]

    def ordered(self):
        styles = ("DefaultStyle", "Example", "Decimal", "LowerRoman", "UpperRoman", "LowerAlpha",
                  "UpperAlpha")
        delimiters = ("DefaultDelim", "Period", "OneParen", "TwoParens")
        return [[self.number(), self.tag(*styles), self.tag(*delimiters)],
                self.several(self.blocks, 3)]

    def block(self):
        kinds = ["Plain", "Para", "Para", "LineBlock", "CodeBlock", "RawBlock", "HorizontalRule"]
        if self.left > 0:
            kinds += ["BlockQuote", "OrderedList", "BulletList", "DefinitionList", "Header", "Table", "Div"]
            kinds += [] if self.old else ["Figure"]
        kind = self.random.choice(kinds)
        if kind == "HorizontalRule":
            return {"t": kind}
        content = {
            "LineBlock": lambda: self.several(self.inlines, 3),
            "CodeBlock": lambda: [self.attr(), self.text()],
            "RawBlock": lambda: [self.random.choice(["html", "tex"]), self.text()],
            "BlockQuote": self.blocks,
            "OrderedList": self.ordered,
            "BulletList": lambda: self.several(self.blocks, 3),
            "DefinitionList": lambda: self.several(
                lambda: [self.inlines(), self.several(self.blocks, 2)], 2),
            "Header": lambda: [self.random.randint(-1, 7), self.attr(), self.inlines()],
            "Table": self.table,
            "Figure": lambda: [self.attr(), self.caption(), self.blocks()],
            "Div": lambda: [self.attr(), self.blocks()],
        }.get(kind, self.inlines)()
        return {"t": kind, "c": content}

    def meta_map(self):
        keys = {self.text() for _ in range(self.random.randint(0, 3))}
        return {key: self.meta_value() for key in sorted(keys, key=lambda k: k.encode())}

    def meta_value(self):
        self.left -= 1
        kinds = ["MetaInlines", "MetaBlocks", "MetaString", "MetaBool"]
        kind = self.random.choice(kinds + (["MetaList", "MetaMap"] if self.left > 0 else []))
        content = {
            "MetaInlines": self.inlines,
            "MetaBlocks": self.blocks,
            "MetaString": self.text,
            "MetaBool": lambda: self.random.random() < 0.5,
            "MetaList": lambda: self.several(self.meta_value, 3),
            "MetaMap": self.meta_map,
        }[kind]()
        return {"t": kind, "c": content}

    def document(self):
        version = [1, 22, 2, 1] if self.old else [1, 23, 1]
        return {"pandoc-api-version": version, "meta": self.meta_map(),
                "blocks": [self.block() for _ in range(self.random.randint(0, 6))]}


def spell_real(number):
    """A double as Haskell shows it."""
    for digits in range(18):
        mantissa, _, exponent = f"{number:.{digits}e}".partition("e")
        if float(f"{mantissa}e{exponent}") == number:
            break
    if -1 <= int(exponent) < 7:
        return repr(number)
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{int(exponent)}"


def spell_text(text):
    names = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"%s"' % "".join(names.get(c, f"\\u{ord(c):04x}" if c < " " else c) for c in text)


def spell(value):
    """JSON byte for byte as pandoc writes it."""
    if isinstance(value, dict):
        return "{%s}" % ",".join(f"{spell_text(key)}:{spell(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "[%s]" % ",".join(map(spell, value))
    if isinstance(value, str):
        return spell_text(value)
    return spell_real(value) if isinstance(value, float) else json.dumps(value)


def shuffled(value, rng):
    """The same values, keys in any order, white space, and escapes."""
    if isinstance(value, dict):
        items = list(value.items())
        rng.shuffle(items)
        return {key: shuffled(item, rng) for key, item in items}
    return [shuffled(item, rng) for item in value] if isinstance(value, list) else value


def check_random():
    rng = random.Random(4)
    documents = [Maker(seed, False).document() for seed in range(400)]
    texts = [spell(document) for document in documents]
    for i, (our, text) in enumerate(zip(ours([], texts), texts)):
        check(f"random {i}", our, text)
    odd = [json.dumps(shuffled(document, rng), indent=rng.choice([None, 1]),
                      ensure_ascii=rng.random() < 0.5) for document in documents]
    for i, (our, text) in enumerate(zip(ours([], odd), texts)):
        check(f"random {i}, shuffled", our, text)


def check_random_by_pandoc():
    """pandoc reads and writes what we write; and its native format of many trees at once."""
    documents = [Maker(seed, True).document() for seed in range(120)]
    blocks = [block for document in documents for block in document["blocks"]]
    meta = {f"k{i:03}": {"t": "MetaMap", "c": d["meta"]} for i, d in enumerate(documents)}
    text = spell({"pandoc-api-version": [1, 22, 2, 1], "meta": meta, "blocks": blocks})
    check("random, read and written by pandoc", ours([], [text])[0],
          pandoc(["-f", "json", "-t", "json"], text).rstrip("\n"))
    for columns in ("72", "30", "100"):
        check(f"random, native in {columns}", ours(["-s", "-c", columns], [text])[0],
              pandoc(["-f", "json", "-t", "native", "-s", f"--columns={columns}"], text))


def check_old_answers():
    """What answers a newer document in the older version is read by the older pandoc."""
    blocks = [block for seed in range(300) for block in Maker(seed, False).document()["blocks"]]
    text = spell({"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks})
    old = ours(["-v", OLD], [text])[0]
    check("figures in 1.22", old.count('"Figure"'), 0)
    check("figures in 1.22, read and written by pandoc", old,
          pandoc(["-f", "json", "-t", "json"], old).rstrip("\n"))


# ---- mangled -------------------------------------------------------------------------------------

def check_mangled():
    """Documents with pieces moved are read or refused; whatever is read comes out as JSON."""
    rng = random.Random(7)
    texts = []
    for seed in range(400):
        text = spell(Maker(seed, False).document())
        for _ in range(rng.randint(1, 3)):
            a, b = sorted(rng.randrange(len(text)) for _ in range(2))
            piece = text[a:min(b, a + 30)]
            at = rng.randrange(len(text))
            text = text[:at] + piece + text[at + rng.choice([0, len(piece)]):]
        texts.append(text.replace("\0", ""))
    answers = ours([], texts)
    check("mangled, answers", len(answers), len(texts))
    fine = 0
    for answer in answers:
        fine += answer.startswith("! ") or json.loads(answer) is not None
    check("mangled, refused or read", fine, len(texts))


# ---- metadata ------------------------------------------------------------------------------------

def check_metadata():
    """Front matter of which all versions of pandoc think the same."""
    documents = {name: text for name, (kind, text) in read_documents().items()
                 if kind == "gfm+yaml_metadata_block"}
    answers = run([DUMP, "-i", "-m"], "\0".join(documents.values())).split("\n")
    for (name, text), our in zip(documents.items(), answers):
        their = json.loads(pandoc(["-f", "gfm+yaml_metadata_block", "-t", "json"], text))
        check(f"{name}, read", dumps(json.loads(our)["meta"]), dumps(their["meta"]))


def main():
    check_documents()
    check_random()
    check_random_by_pandoc()
    check_old_answers()
    check_mangled()
    check_metadata()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
