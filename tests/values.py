#!/usr/bin/env python3
"""Values that agree: the sample of the README from table to drafts and back, and, where a report lies beside
the project, each of its values changed in turn.

usage: values.py [--keep]

Closes with `N passed, N failed`.
"""
import argparse
import csv
import io
import json
import os

from properties import ROOT, read_sample, run_suite

PROFILE = 'meeting-report-3part'
DATA = {'branch': '第三', 'organ_dept': '市委', 'parent_committee': '局', 'consulted_committee': '县',
        'visit_place': '西部', 'grassroots_unit': '站所', 'service_area': '农业', 'business': '水利',
        'secretary': '张明', 'report_year': 2021, 'meeting_date': '2022-02-18', 'attendees': 30, 'materials': 12,
        'suggestions': 26, 'talks': 90, 'secretary_talks': 20, 'issue_classes': 3, 'issues': 11, 'measures': 15,
        'branch_venues': 2, 'assessed': 32, 'excellent': 10, 'qualified': 22}


def findings(suite, *args):
    code, out, err = suite.run('check', '--format', 'json', *args)
    suite.expect(code in (0, 1), 'check %s ends well' % (args,), err[-200:])
    return json.loads(out)['diagnostics']


# ---- the sample ------------------------------------------------------------------------------------

def open_sample(suite):
    for name in ('report.txt', 'profile.yaml', 'branches.csv'):
        suite.write(name, read_sample('open-day/' + name))
    return list(csv.DictReader(io.StringIO(read_sample('open-day/branches.csv'))))


def test_sample(suite):
    rows = open_sample(suite)
    code, out, err = suite.run('fill', 'report.txt', '-p', './profile.yaml', '--each', 'branches.csv',
                               '--out', 'out/{branch}.txt')
    suite.expect(code == 0 and len(os.listdir(os.path.join(suite.folder, 'out'))) == len(rows),
                 'sample: a draft for each row', err)
    drafts = ['out/%s.txt' % row['branch'] for row in rows]
    code, out, err = suite.run('extract', '-p', './profile.yaml', '--format', 'csv', *drafts)
    back = list(csv.DictReader(io.StringIO(out.decode())))
    suite.expect(code == 0 and [{k: r[k] for k in rows[0]} for r in back] == rows,
                 'sample: the drafts give the table back', (err, back))
    code, out, err = suite.run('extract', '-p', './profile.yaml', '--format', 'json', '--tally', *drafts)
    sums = json.loads(out)['tally']['sum']
    suite.expect({name: value['value'] for name, value in sums.items()} ==
                 {name: sum(int(row[name]) for row in rows) for name in sums} and len(sums) == 7,
                 'sample: the sums are right', sums)
    suite.expect(findings(suite, '-p', './profile.yaml', *drafts) == [], 'sample: nothing is wrong with them')
    path = os.path.join(suite.folder, drafts[-1])
    with open(path, encoding='utf-8') as f:
        text = f.read()
    suite.write(drafts[-1], text.replace('满意47人', '满意37人'))
    found = findings(suite, '-p', './profile.yaml', *drafts)
    suite.expect([d['rule'] for d in found] == ['answers-sum'], 'sample: one mistake, one finding', found)


# ---- a report beside the project -------------------------------------------------------------------

def fill_reference(suite, text):
    suite.write('report.txt', text)
    suite.write('data.json', json.dumps(DATA, ensure_ascii=False))
    code, out, err = suite.run('fill', 'report.txt', '-p', PROFILE, '-d', 'data.json')
    suite.expect(code == 0, 'reference: filled from fields', err[-300:])
    head = '---\ndoctype: %s\nreport_year: %d\nbranch: %s\n---\n' % (PROFILE, DATA['report_year'], DATA['branch'])
    return head + out.decode()


def test_extract(suite, text):
    suite.write('filled.txt', text)
    suite.expect(findings(suite, 'filled.txt') == [], 'reference: nothing is wrong with the filled report')
    suite.expect(findings(suite, 'filled.txt', '-d', 'data.json') == [], 'reference: it agrees with its data')
    code, out, err = suite.run('extract', 'filled.txt', '--format', 'json')
    document = json.loads(out)['documents'][0]
    suite.expect(code == 0 and document['values'] == DATA and document['missing'] == [],
                 'reference: every value comes back, typed', (document['values'], document['missing']))
    raw = text.encode()
    places = [raw[p['start']['offset']:p['end']['offset']].decode() for p in document['places']['branch']]
    suite.expect(places == [DATA['branch']] * 6, 'reference: the branch at five places and in the front matter',
                 places)


def test_change(suite, text, old, new, rule, where):
    """One value changed: one finding, at the bytes of the new value."""
    assert text.count(old) == 1, old
    changed = text.replace(old, new)
    suite.write('changed.txt', changed)
    found = findings(suite, 'changed.txt')
    raw = changed.encode()
    seen = [(d['rule'], raw[d['range']['start']['offset']:d['range']['end']['offset']].decode(),
             len(d['related']) > 0) for d in found]
    suite.expect(seen == [(rule, where, True)], 'reference: %s for %s' % (new, old), seen)
    return found


def test_reference(suite):
    path = os.path.join(ROOT, '..', 'shared', 'reference', 'report.txt')
    if not os.path.exists(path):
        print('no report beside the project: left out')
        return
    with open(path, encoding='utf-8', newline='') as f:
        text = fill_reference(suite, f.read())
    test_extract(suite, text)
    test_change(suite, text, '优秀党员10人', '优秀党员9人', 'grade-sum', '32')
    test_change(suite, text, '党员22人', '党员21人', 'grade-sum', '32')
    test_change(suite, text, '对第三党支部', '对第四党支部', 'value-conflict', '第四')
    test_change(suite, text, '2月18日上午', '2月19日上午', 'value-conflict', '19')
    test_change(suite, text, '2022年2月18日上午', '2023年2月18日上午', 'value-conflict', '2023')
    test_change(suite, text, '支部书记张明同志', '支部书记章明同志', 'value-conflict', '章明')
    test_change(suite, text, '学习资料12篇', '学习资料许多篇', 'value-type', '许多')
    test_change(suite, text, '对第三党支部', '对第三支部党支部', 'value-range', '第三支部')
    for old in ('于2022年2月18日召开', '2022年2月18日上午'):
        test_change(suite, text.replace('2022年2月18日', '2022年2月30日').replace(old.replace('18', '30'), old), old,
                    old.replace('18', '30'), 'value-type', '30')
    test_change(suite, text, '2月18日上午', '2月30日上午', 'value-conflict', '30')
    found = test_change(suite, text, '要求，第三支部结合', '要求，第五支部结合', 'value-conflict', '第五')
    suite.expect(len(found[0]['related']) == 5, 'reference: the other places are named', len(found[0]['related']))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--keep', action='store_true')
    options = parser.parse_args()
    run_suite('values', options.keep, test_sample, test_reference)


if __name__ == '__main__':
    main()
