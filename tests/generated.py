#!/usr/bin/env python3
"""Random documents through random small filters, compared with what pandoc 3.10 makes of them.

usage: generated.py                     compares with the stored answers; needs no pandoc
       generated.py accept              asks pandoc and stores its answers
       generated.py explain NUMBER      shows one case and where the answers part
       generated.py hunt FIRST COUNT    asks pandoc about other cases and shows those that differ

Asking needs node and PANDOC_WASM (see tools/pandoc3.mjs). A case is made from its number alone (see
tools/samples.py). answers.txt has a line for each of the stored ones: its number and ten digits of
the SHA-256 of pandoc's answer; only cases whose filter changes the document are stored. The last
line is `N passed, N failed`.
"""
import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE + '/tools')
import judge
import trees

ANSWERS = HERE + '/differential/generated.txt'
STORED = 320


def write_case(folder, number):
    document, script = trees.case(number)
    names = '%d.json' % number, '%d.lua' % number
    with open(folder + '/' + names[0], 'w', encoding='utf8') as file:
        json.dump(document, file, ensure_ascii=False)
    with open(folder + '/' + names[1], 'w', encoding='utf8') as file:
        file.write(script)
    return names


def ask_pandoc(pandoc, number):
    """Returns pandoc's answer, and whether the filter changes the document."""
    with tempfile.TemporaryDirectory() as folder:
        document, script = write_case(folder, number)
        answer = pandoc.filter(folder, document, script)
        return answer, answer != pandoc.filter(folder, document)


def ask_here(number):
    with tempfile.TemporaryDirectory() as folder:
        return judge.filter_here(folder, *write_case(folder, number))


def accept():
    pandoc, number, stored = judge.Pandoc(), 0, 0
    with open(ANSWERS, 'w', encoding='utf8') as file:
        while stored < STORED:
            number += 1
            answer, changes = ask_pandoc(pandoc, number)
            if changes and answer != judge.ENDLESS:
                stored += 1
                file.write('%d %s\n' % (number, judge.digest(answer)))
    return 0


def check():
    with open(ANSWERS, encoding='utf8') as file:
        wanted = dict(line.split() for line in file)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(lambda number: judge.digest(ask_here(int(number))), wanted)
        wrong = [number for number, answer in zip(wanted, answers) if answer != wanted[number]]
    for number in wrong:
        print('answers part: python3 tests/generated.py explain %s' % number)
    print('%d passed, %d failed' % (len(wanted) - len(wrong), len(wrong)))
    return 1 if wrong else 0


def explain(number):
    document, script = trees.case(number)
    print(json.dumps(document, ensure_ascii=False) + '\n' + script)
    theirs, ours = ask_pandoc(judge.Pandoc(), number)[0], ask_here(number)
    print('the answers are equal' if theirs == ours else judge.difference(theirs, ours))
    return 0


def hunt(first, count):
    pandoc, differ, changing = judge.Pandoc(), 0, 0
    for number in range(first, first + count):
        theirs, changes = ask_pandoc(pandoc, number)
        if theirs == judge.ENDLESS:  # a function that is given what it made, again and again
            continue
        ours = ask_here(number)
        changing += changes
        if theirs != ours:
            differ += 1
            print('%d:\n%s\n%s' % (number, trees.case(number)[1], judge.difference(theirs, ours)),
                  flush=True)
    print('%d cases, %d change the document, %d differ' % (count, changing, differ))
    return 1 if differ else 0


def main():
    arguments = sys.argv[1:]
    if not arguments:
        return check()
    functions = {'accept': accept, 'explain': explain, 'hunt': hunt}
    return functions[arguments[0]](*map(int, arguments[1:]))


if __name__ == '__main__':
    sys.exit(main())
