#!/usr/bin/env python3
"""Compares what the readers make of small documents with what pandoc 3.10 made of them.

usage: readers.py            compares with the stored answers
       readers.py accept     asks pandoc and stores its answers; needs node and PANDOC_WASM (see
                             tools/pandoc3.mjs)
       readers.py -v         also shows the trees that differ

readers/NAME.txt holds cases, each behind a line `@@ FORMAT`; the last line end before the next such
line is no part of the case. `@@ FORMAT ! REASON` is a case that must differ, for the reason given.
readers/NAME.answers holds pandoc's JSON, one answer a line. The last line is `N passed, N failed`.
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = ("gfm", "markdown", "tables", "html")
# 80 columns are what pandoc.read has, not the program.
OPTIONS = {"to": "json", "standalone": True, "columns": 80}


def read_cases(name):
    """Returns [(format, reason, text)]."""
    cases = []
    with open(f"{HERE}/readers/{name}.txt", encoding="utf-8", newline="") as file:
        for line in file:
            if line.startswith("@@ "):
                spec, _, reason = line[3:].rstrip("\n").partition(" ! ")
                cases.append([spec, reason, ""])
            else:
                cases[-1][2] += line
    return [(spec, reason, text[:-1]) for spec, reason, text in cases]


def ask_pandoc(cases):
    env = dict(os.environ)
    with subprocess.Popen(["node", f"{HERE}/tools/pandoc3.mjs", "--serve"], text=True, env=env,
                          cwd=f"{HERE}/readers", stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as pandoc:
        for spec, _, text in cases:
            job = {"stdin": text, "opts": OPTIONS | {"from": spec}}
            pandoc.stdin.write(json.dumps(job) + "\n")
            pandoc.stdin.flush()
            answer = json.loads(pandoc.stdout.readline())
            yield answer["out"].strip() or json.dumps("ERROR")
        pandoc.stdin.close()


def accept():
    for name in FILES:
        with open(f"{HERE}/readers/{name}.answers", "w", encoding="utf-8") as file:
            for answer in ask_pandoc(read_cases(name)):
                file.write(json.dumps(core(json.loads(answer)), ensure_ascii=False,
                                      separators=(",", ":")) + "\n")


def core(tree):
    """A tree without its version; all errors are one."""
    if isinstance(tree, str):
        return "ERROR"
    return {"meta": tree["meta"], "blocks": tree["blocks"]}


def ask_us(cases):
    program = os.environ.get("BUILD", "build") + "/tests/tools/read_dump"
    texts = "\0".join(spec + "\n" + text for spec, _, text in cases)
    result = subprocess.run([program], input=texts.encode(), stdout=subprocess.PIPE, check=False)
    lines = result.stdout.decode().split("\n")[:-1]
    if len(lines) != len(cases):
        sys.exit(f"{program}: {len(lines)} answers to {len(cases)} documents")
    return [core(json.loads(line)) for line in lines]


def compare(name, verbose):
    cases = read_cases(name)
    with open(f"{HERE}/readers/{name}.answers", encoding="utf-8") as file:
        theirs = [json.loads(line) for line in file]
    if len(theirs) != len(cases):
        sys.exit(f"readers/{name}.answers: {len(theirs)} answers to {len(cases)} cases")
    failed = 0
    for (spec, reason, text), our, their in zip(cases, ask_us(cases), theirs):
        if (our == their) != bool(reason):
            continue
        failed += 1
        print(f"{name}: {spec}: {text!r} {'agrees' if reason else 'differs'}")
        if verbose and not reason:
            print("  pandoc:", json.dumps(their, ensure_ascii=False))
            print("  ours:  ", json.dumps(our, ensure_ascii=False))
    return len(cases) - failed, failed


def main():
    if sys.argv[1:] == ["accept"]:
        accept()
        return 0
    counts = [compare(name, "-v" in sys.argv) for name in FILES]
    passed, failed = (sum(column) for column in zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
