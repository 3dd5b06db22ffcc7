#!/usr/bin/env python3
"""Tests the writers of Markdown, HTML and plain text.

usage: writers.py [WRITE] [-v]      WRITE: the program built from tests/tools/write.c
       writers.py --ask             asks pandoc again (PANDOC_WASM set, see tools/pandoc3.mjs)

* Markdown that is read, written and read again is the same tree: the examples of the CommonMark and
  GFM specifications, and documents made at random.
* Markdown of our own documents is what was written by hand (writers/gfm.txt).
* HTML and plain text of our own documents (writers/documents.txt) are pandoc's, white space that
  means nothing aside; writers/exceptions.txt lists those that must differ.
The last line is `N passed, N failed`.
"""
import html.parser
import importlib.util
import json
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("BUILD", "build")
VERBOSE = "-v" in sys.argv
FILES = [a for a in sys.argv[1:] if not a.startswith("-")]
WRITE = FILES[0] if FILES else f"{BUILD}/tests/tools/write"


class Count:
    passed = failed = 0


def check(fine, what, *details):
    if fine:
        Count.passed += 1
        return
    Count.failed += 1
    print(f"{what} (-v shows how)" if details and not VERBOSE else what)
    if VERBOSE:
        print(*details, sep="\n")


def read_entries(name):
    """Returns [(name, what stands behind it, text)] of a file of entries that `@@` begins."""
    entries = []
    with open(f"{HERE}/writers/{name}.txt", encoding="utf-8") as file:
        for line in file:
            match = re.match(r"@@ (\S+) ?(.*)\n", line)
            if match:
                entries.append([match.group(1), match.group(2), ""])
            elif entries:
                entries[-1][2] += line
    return entries


def write(texts, *args):
    """Returns what WRITE answers to each of `texts`."""
    result = subprocess.run([WRITE, *args], input="\0".join(texts).encode(),
                            stdout=subprocess.PIPE, check=False)
    answers = result.stdout.decode().split("\0")[:-1]
    if result.returncode or len(answers) != len(texts):
        sys.exit(f"{WRITE}: status {result.returncode}, {len(answers)} of {len(texts)} answers")
    return answers


# ---- Markdown that reads back the same ---------------------------------------------------------

HTML_MARKS = {"<em>": "Emph", "<strong>": "Strong", "<s>": "Strikeout"}


def fold_html(items):
    """Takes `<em>…</em>`, which is written where no mark can be, for the emphasis that it is."""
    stack = [(None, [])]
    for item in items:
        raw = item["c"][1] if isinstance(item, dict) and item.get("t") == "RawInline" else ""
        if raw in HTML_MARKS:
            stack.append((raw, []))
        elif stack[-1][0] and raw == "</" + stack[-1][0][1:]:
            mark, inside = stack.pop()
            stack[-1][1].append({"t": HTML_MARKS[mark], "c": inside})
        else:
            stack[-1][1].append(item)
    return stack[0][1] if len(stack) == 1 else items


def same_spaces(value, wrapped):
    """The tree without what may differ: line ends and indent around raw HTML; when lines were
    broken anew, which spaces are soft breaks; whether a list of one paragraph is loose."""
    if isinstance(value, list):
        return fold_html([same_spaces(item, wrapped) for item in value])
    if not isinstance(value, dict):
        return value
    kind = value.get("t")
    if kind == "RawBlock":
        return {"t": kind, "c": [value["c"][0], value["c"][1].strip("\n ")]}
    if kind == "SoftBreak" and wrapped:
        return {"t": "Space"}
    value = {key: same_spaces(item, wrapped) for key, item in value.items()}
    return tighten(value) if kind == "BulletList" and len(value["c"]) == 1 else value


def tighten(one_item_list):
    """A list of one item of one paragraph, which no writing makes loose. Such lists come of loose ones
    that are parted where a task is followed by an item without a mark."""
    (item,) = one_item_list["c"]
    if [block["t"] for block in item] == ["Para"]:
        return {"t": "BulletList", "c": [[{"t": "Plain", "c": item[0]["c"]}]]}
    return one_item_list


def check_same(names, texts):
    trees = write(texts, "-t", "json")
    for wrap in ("preserve", "auto", "none"):
        written = write(texts, "-t", "gfm", "-w", wrap)
        again = write(written, "-t", "json")
        for name, text, markdown, one, two in zip(names, texts, written, trees, again):
            one, two = (same_spaces(json.loads(tree)["blocks"], wrap != "preserve")
                        for tree in (one, two))
            check(one == two, f"gfm {name}, --wrap={wrap}: reads back differently", text,
                  "--- written", markdown, "--- tree", json.dumps(one, ensure_ascii=False),
                  json.dumps(two, ensure_ascii=False))


def read_specifications():
    spec = importlib.util.spec_from_file_location("ast_examples", f"{HERE}/ast.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [(f"{file} {number}", text) for file in module.FILES
            for number, text in module.read_examples(file).items()]


# Pieces of random documents. Left out is what cannot come back: addresses of mail as plain text,
# comments that nothing closes, definitions that nothing refers to, bare entities behind a task.
INLINES = """* ** _ __ *** ~~ ~ ` `` [ ] ](u) ](u_"t") ) ( ! ![ < > <b> </b> <!--_c_--> &amp; &#32;
    &lt; \\\\ a b word 中文 （一） 学习。 “ ” ， ￥ 1. 2) - + # ## | = === --- : http://a.b/c www.x.cn $x$ $
    \u3000 \u00a0 é 0 10 ！ 、 _a_ *b* `c` **粗** " ' { } . \\* & &copy; &nosuch; <a@b.cn> <http://x.y>
    ~~删~~ ✓ 😀 [^1] :""".split()
SPACES = ["\\\n", "  \n", "\n", "\n", " ", " ", " ", "  ", "\t"]
LINES = ["- ", "* ", "+ ", "1. ", "2. ", "7) ", "> ", ">", "    ", "# ", "## ", "###### ", "```\n",
         "~~~ x\n", "| a | b |\n|---|:-:|\n| c | d |\n", "***\n", "---\n", "===\n", "\n", "\n",
         "\n", "<div>\n", "</div>\n", "<!-- x -->\n", "  ", "   ", "\t", "- [ ] a", "- [x] 事"]


def random_inlines(chance, most):
    pieces = [p.replace("_\"", " \"").replace("!--_c_--", "!-- c --") for p in INLINES] + SPACES * 2
    return "".join(chance.choice(pieces) for _ in range(chance.randint(1, most)))


def random_document(chance):
    if chance.random() < 0.5:
        return random_inlines(chance, 12) + "\n"
    parts = []
    for _ in range(chance.randint(1, 6)):
        parts += [chance.choice(LINES) for _ in range(chance.randint(0, 3))]
        parts.append(random_inlines(chance, 8))
        parts.append(chance.choice(["\n", "\n\n", "\n\n", ""]))
    return "".join(parts)


def check_property():
    names, texts = zip(*read_specifications())
    check_same(names, texts)
    chance = random.Random(4)
    texts = [random_document(chance) for _ in range(2000)]
    check_same([f"random {i}" for i in range(len(texts))], texts)


# ---- Markdown written by hand ------------------------------------------------------------------

def check_by_hand(documents):
    for name, options, text in read_entries("gfm"):
        source, _, expected = ("\n" + text).partition("\n==\n")
        source = source[1:] + "\n" * (source > "")
        form = "gfm"
        if name.startswith("document:"):
            form, source, expected = *documents[name[9:]], text
        answer = write([source], "-f", form, "-t", "gfm", *options.split())[0]
        check(answer == expected, f"gfm {name}: not what it should be", "--- expected", expected,
              "--- got", answer)


# ---- HTML --------------------------------------------------------------------------------------

BLOCKS = set("""blockquote ol ul li dl dt dd div figure figcaption table caption colgroup col thead
    tbody tfoot tr th td p h1 h2 h3 h4 h5 h6 pre hr section br""".split())


class Events(html.parser.HTMLParser):
    """Turns HTML into a list of what a browser makes of it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.list, self.text, self.verbatim = [], "", 0

    def flush(self, tag):
        text = self.text if self.verbatim else re.sub(r"[ \n\t]+", " ", self.text)
        if not self.verbatim:
            if tag in BLOCKS:
                text = text.rstrip(" ")
            if self.list and self.list[-1][1] in BLOCKS:
                text = text.lstrip(" ")
        if text:
            self.list.append(("text", text, {}))
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.flush(tag)
        values = {key: value or "" for key, value in attrs if (key, value) != ("alt", "")}
        if "style" in values:
            values["style"] = re.sub(r"\s|;$", "", values["style"])
        self.list.append(("start", tag, values))
        self.verbatim += tag == "pre"

    def handle_endtag(self, tag):
        self.flush(tag)
        self.list.append(("end", tag, {}))
        self.verbatim -= tag == "pre"

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.flush("")
        self.list.append(("comment", data, {}))


def html_events(text):
    events = Events()
    events.feed(text)
    events.close()
    events.flush("p")
    return events.list


def check_page(documents):
    """A page tells its language and title, escaped, and loads nothing from elsewhere."""
    form, text = documents["metadata"]
    page = write([text], "-f", form, "-t", "html", "-s")[0]
    for part in ('<!DOCTYPE html>', '<html lang="zh&quot;&lt;">', "<title>T &lt;i&gt;</title>",
                 '<meta name="author" content="B: C" />', "<p>text</p>",
                 '<h1 class="title">T <em>&lt;i&gt;</em></h1>'):
        check(part in page, f"html page: no {part}", page)
    check("src=" not in page and "http" not in page, "html page: loads something", page)


def plain_lines(text):
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


# ---- pandoc ------------------------------------------------------------------------------------

def read_documents():
    """Returns {name: (form, text)} as WRITE reads them."""
    trees = {name: text for name, _, text in read_entries("json")}
    return {name: ("gfm", text) if form == "gfm" else ("json", trees[name])
            for name, form, text in read_entries("documents")}


def check_against_pandoc(documents, to, normal):
    exceptions = {}
    with open(f"{HERE}/writers/exceptions.txt", encoding="utf-8") as file:
        for line in file:
            match = re.match(r"(\w+) ([\w-]+): (.+)", line)
            if match and match.group(1) == to:
                exceptions[match.group(2)] = match.group(3)
    for name, _, theirs in read_entries(to):
        form, text = documents[name]
        ours = write([text], "-f", form, "-t", to, "-i")[0]
        same = normal(ours) == normal(theirs)
        check(same != (name in exceptions), f"{to} {name}: differs from pandoc" if not same else
              f"{to} {name}: agrees, take it out of exceptions.txt", "--- pandoc", theirs,
              "--- ours", ours)


def ask_pandoc():
    entries = read_entries("documents")
    settings = {"html-math-method": {"method": "mathjax"}, "syntax-highlighting": "none"}
    for to in ("json", "html", "plain"):
        asked = [e for e in entries if to != "json" or e[1] != "gfm"]
        jobs = [json.dumps({"opts": {"from": form, "to": to, **settings}, "stdin": text,
                            "dir": f"{HERE}/writers"}) for _, form, text in asked]
        result = subprocess.run(["node", f"{HERE}/tools/pandoc3.mjs", "--serve"],
                                input="\n".join(jobs) + "\n", stdout=subprocess.PIPE, text=True,
                                check=True)
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        with open(f"{HERE}/writers/{to}.txt", "w", encoding="utf-8") as file:
            file.write(f"pandoc 3.10's {to} of documents.txt (writers.py --ask)\n")
            for (name, _, _), answer in zip(asked, answers):
                if answer["err"]:
                    sys.exit(f"{name}: {answer['err']}")
                file.write(f"@@ {name}\n{answer['out'].rstrip()}\n")


def main():
    if "--ask" in sys.argv:
        ask_pandoc()
        return 0
    documents = read_documents()
    check_property()
    check_by_hand(documents)
    check_page(documents)
    check_against_pandoc(documents, "html", html_events)
    check_against_pandoc(documents, "plain", plain_lines)
    print(f"{Count.passed} passed, {Count.failed} failed")
    return 1 if Count.failed else 0


if __name__ == "__main__":
    sys.exit(main())
