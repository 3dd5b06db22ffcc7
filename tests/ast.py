#!/usr/bin/env python3
"""Compares our tree with pandoc's on the examples of the CommonMark and GFM specifications.

usage: ast.py AST_DUMP [-v]

AST_DUMP is the program built from tests/tools/ast_dump.c. An example that spec/exceptions.txt lists
must differ; all others must agree. The last line is `N passed, N failed`.
"""
import difflib
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = ("commonmark", "gfm")


def read_examples(name):
    """Returns {number: text} of one file of examples."""
    examples, number = {}, None
    with open(f"{HERE}/spec/{name}.txt", encoding="utf-8") as file:
        for line in file:
            match = re.match(r"@@ (\d+) ", line)
            if match:
                number = int(match.group(1))
                examples[number] = ""
            elif number is not None:
                examples[number] += line.replace("→", "\t")
    return examples


def read_exceptions():
    """Returns {(file, number): reason}."""
    found = {}
    with open(f"{HERE}/spec/exceptions.txt", encoding="utf-8") as file:
        for line in file:
            match = re.match(r"(\w+) (\d+): (.+)", line)
            if match:
                found[match.group(1), int(match.group(2))] = match.group(3)
    return found


def run(command, texts):
    result = subprocess.run(command, input="\0".join(texts).encode(), stdout=subprocess.PIPE,
                            check=False)
    lines = result.stdout.decode().rstrip("\n").split("\n")
    if len(lines) != len(texts):
        sys.exit(f"{command[0]}: {len(lines)} answers to {len(texts)} documents")
    return [json.loads(line) for line in lines]


MERGED = {"Emph", "Strong", "Strikeout"}


def normal(value):
    """The tree without what differs between versions 1.22 and 1.23 of pandoc's types: nothing yet
    but the version itself. Neighbours of one kind, which pandoc's builder joins, are joined."""
    if isinstance(value, dict):
        return {key: normal(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    joined = []
    for item in map(normal, value):
        last = joined[-1] if joined else None
        if (isinstance(item, dict) and isinstance(last, dict) and item.get("t") in MERGED
                and last.get("t") == item["t"]):
            last["c"] = normal(last["c"] + item["c"])
        else:
            joined.append(item)
    return joined


def show(name, number, text, ours, theirs):
    print(f"--- {name} {number}\n{text}")
    pretty = [json.dumps(tree, ensure_ascii=False, indent=1).split("\n") for tree in (theirs, ours)]
    print("\n".join(difflib.unified_diff(*pretty, "pandoc", "ours", n=2, lineterm="")))


def main():
    verbose = "-v" in sys.argv
    exceptions = read_exceptions()
    keys, texts = [], []
    for name in FILES:
        for number, text in read_examples(name).items():
            keys.append((name, number))
            texts.append(text)
    ours = run([sys.argv[1], "-i"], texts)
    theirs = run(["pandoc", "-f", f"{HERE}/spec/oracle.lua", "-t", "plain", "--wrap=none",
                  "--preserve-tabs"], texts)
    passed = failed = 0
    for key, text, our, their in zip(keys, texts, ours, theirs):
        same = their is not None and normal(our["blocks"]) == normal(their["blocks"])
        if same == (key not in exceptions):
            passed += 1
            continue
        failed += 1
        if same:
            print(f"{key[0]} {key[1]} agrees: take it out of exceptions.txt")
        elif verbose:
            show(*key, text, our["blocks"], their and their["blocks"])
        else:
            print(f"{key[0]} {key[1]} differs (-v shows how)")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
