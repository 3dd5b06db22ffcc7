#!/usr/bin/env python3
"""Filters on documents, compared with what pandoc 3.10 makes of them.

usage: differential.py                            compares with the stored answers; needs no pandoc
       differential.py accept                     asks pandoc and stores its answers
       differential.py explain FILTER DOCUMENT    asks pandoc about one pair and shows where the answers
                                                  part; names as in filters/ and documents/, no suffix

Asking needs node and PANDOC_WASM (see tools/pandoc3.mjs). Each of differential/filters/*.lua runs on
each of differential/documents/*; those named show_*.lua on a document of 100 KB instead, which is
made from a seed. answers.txt has a line for a filter and on it, document by document: ten digits of
the SHA-256 of pandoc's answer, `=` when the filter does not change the document. exceptions.txt names
the pairs that must differ, a line each: FILTER DOCUMENT REASON. The last line is
`N passed, N failed`.
"""
import glob
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'tools'))
import judge
import samples

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'differential')
ANSWERS, EXCEPTIONS = FOLDER + '/answers.txt', FOLDER + '/exceptions.txt'
LARGE = 'large.md'


def files(pattern):
    return sorted(os.path.basename(path) for path in glob.glob(FOLDER + '/' + pattern))


DOCUMENTS, FILTERS = files('documents/*'), files('filters/*.lua')


def stem(name):
    return name.rpartition('.')[0]


def documents_of(script):
    return [LARGE] if script.startswith('show_') else DOCUMENTS


def ask(function, folder, document, script):
    return function(folder, 'documents/' + document, script and 'filters/' + script)


def make_folder(folder):
    """Copies filters and documents, and adds the large one: all that pandoc gets to see."""
    for part in ('filters', 'documents'):
        shutil.copytree(FOLDER + '/' + part, folder + '/' + part)
    with open(folder + '/documents/' + LARGE, 'w', encoding='utf8') as file:
        file.write(samples.large_markdown(7, 100_000))


def accept(folder):
    pandoc = judge.Pandoc()
    untouched = {d: ask(pandoc.filter, folder, d, None) for d in DOCUMENTS + [LARGE]}
    with open(ANSWERS, 'w', encoding='utf8') as file:
        file.write('documents %s\n' % ' '.join(stem(d) for d in DOCUMENTS))
        for script in FILTERS:
            answers = {d: ask(pandoc.filter, folder, d, script) for d in documents_of(script)}
            marks = ['=' if a == untouched[d] else judge.digest(a) for d, a in answers.items()]
            file.write('%s %s\n' % (stem(script), ' '.join(marks)))
    return 0


def read_answers():
    with open(ANSWERS, encoding='utf8') as file:
        rows = [line.split() for line in file]
    if rows[0][1:] != [stem(d) for d in DOCUMENTS] or [r[0] for r in rows[1:]] != [stem(f) for f in FILTERS]:
        sys.exit('answers.txt is not about these filters and documents: run `accept`')
    return {(f, d): mark for f, row in zip(FILTERS, rows[1:])
            for d, mark in zip(documents_of(f), row[1:], strict=True)}


def read_exceptions():
    with open(EXCEPTIONS, encoding='utf8') as file:
        return {tuple(line.split(' ', 2)[:2]): line.split(' ', 2)[2].strip() for line in file if line.strip()}


def check(folder):
    wanted, exceptions = read_answers(), read_exceptions()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        untouched = dict(zip(DOCUMENTS + [LARGE], pool.map(
            lambda d: ask(judge.filter_here, folder, d, None), DOCUMENTS + [LARGE])))
        answers = pool.map(lambda p: ask(judge.filter_here, folder, p[1], p[0]), wanted)
        failed = 0
        for (script, document), answer in zip(wanted, answers):
            want = wanted[script, document]
            same = judge.digest(answer) == (judge.digest(untouched[document]) if want == '=' else want)
            pair = stem(script), stem(document)
            if same == (pair not in exceptions):
                continue
            failed += 1
            print('%s: python3 tests/differential.py explain %s %s' % (
                'answers part' if not same else 'is no exception any more', *pair))
    report(wanted, exceptions)
    print('%d passed, %d failed' % (len(wanted) - failed, failed))
    return 1 if failed else 0


def report(wanted, exceptions):
    lines = sum(len(open(FOLDER + '/filters/' + f, encoding='utf8').readlines()) for f in FILTERS)
    print('%d filters (%d lines), %d documents, %d pairs, %d of them change the document' % (
        len(FILTERS), lines, len(DOCUMENTS) + 1, len(wanted),
        sum(mark != '=' for mark in wanted.values())))
    for pair, reason in exceptions.items():
        print('exception: %s on %s: %s' % (*pair, reason))


def explain(folder, script, document):
    name = next(d for d in DOCUMENTS + [LARGE] if stem(d) == document)
    theirs = ask(judge.Pandoc().filter, folder, name, script + '.lua')
    ours = ask(judge.filter_here, folder, name, script + '.lua')
    print('the answers are equal' if theirs == ours else judge.difference(theirs, ours))
    return 0


def main():
    arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        make_folder(folder)
        if arguments == ['accept']:
            return accept(folder)
        return explain(folder, *arguments[1:]) if arguments else check(folder)


if __name__ == '__main__':
    sys.exit(main())
