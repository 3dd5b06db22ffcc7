#!/usr/bin/env python3
"""The profiles that ship: each rule of each of them has golden cases, words in both languages, and `explain`;
the draft of each starts with nothing wrong but its blanks.

usage: profiles.py [--keep]

A rule is seen to find something in a case `builtin-ID…`, to hold in one without findings, and, where it asks
for a value that may be missing, not to be checked in another. Closes with `N passed, N failed`.
"""
import argparse
import glob
import json
import os
import re

from properties import ROOT, run_suite

CASES = os.path.join(ROOT, 'tests', 'golden', 'check')

# What these ask of the text is there or not; or they apply only once their field has a value.
ALWAYS_KNOWN = {
    'adr': ['options-two', 'braces-left', 'date-past', 'successor-status', 'successor-form'],
    'duty-report-zh': ['first-person', 'closing', 'plan-share'],
    'minutes-en': ['end-after-start', 'time-range', 'attendees-listed', 'chair-attends', 'scribe-attends', 'due-after'],
    'minutes-zh': ['decision-owner', 'decision-due', 'decision-lead-in', 'attendees-listed'],
    'notice-zh': ['phone-form'],
    'postmortem': ['duration-summary'],
    'request-zh': ['addressee-agrees', 'one-matter', 'closing', 'phone-form', 'attachments-cited'],
    'rfc': ['drawbacks-named'],
    'summary-zh': ['figure-unit', 'figure-period'],
    'zh-official': ['report-request'],
}


def read(path):
    with open(path, encoding='utf-8') as f:
        return f.read()


def cases_of(profile, pattern):
    """What the golden cases of a profile expect, in files that end so."""
    names = glob.glob(os.path.join(CASES, 'builtin-' + profile + '*' + pattern))
    own = [n for n in names if re.match('builtin-%s(-(?!3part|zh|en)|\\.)' % re.escape(profile), os.path.basename(n))]
    return ''.join(read(n) for n in own)


def rules_of(shown):
    """The rules that a profile has itself, with what is written of each."""
    part = re.search(r'^rules:.*\n((?:[ #].*\n|\n)*)', shown, re.M)
    pieces = re.split(r'^  - (?=\{?id:)', part.group(1), flags=re.M)[1:] if part else []
    return {re.match(r'\{?id: ([a-z0-9-]+)', piece).group(1): piece for piece in pieces}


def test_rule(suite, profile, rule, text):
    label = '%s: %s' % (profile, rule)
    suite.expect('zh: ' in text and 'en: ' in text, label + ' speaks both languages')
    for language in ('en', 'zh'):
        code, out, err = suite.run('explain', rule, '-p', profile, '--lang', language)
        suite.expect(code == 0 and rule in out.decode(), label + ' is explained', err)
    suite.expect('[%s]' % rule in cases_of(profile, '.diag.txt') + cases_of(profile, '.out.txt'),
                 label + ' is found in a golden case')
    if rule not in ALWAYS_KNOWN.get(profile, []):
        suite.expect(re.search(r'(?<![a-z-])%s(?![a-z-])' % rule, cases_of(profile, '.err')),
                     label + ' is not checked in a golden case')


def test_draft(suite, profile):
    _, draft, _ = suite.run('new', profile)
    suite.write('new.md', draft)
    _, out, err = suite.run('check', '-p', profile, '--format', 'json', '--today', '2025-03-01', 'new.md')
    found = {d['rule'] for d in json.loads(out)['diagnostics']}
    suite.expect(found == {'placeholder-unfilled'}, profile + ': its draft has blanks and nothing else', (found, err))


def test_profiles(suite):
    _, listed, _ = suite.run('profile', 'list')
    for profile in [line.split()[0] for line in listed.decode().splitlines()]:
        _, shown, _ = suite.run('profile', 'show', profile)
        test_draft(suite, profile)
        rules = rules_of(shown.decode())
        # The rules of meeting-report-3part are those of the page that it was taken from; values.py tests them.
        for rule, text in rules.items() if profile != 'meeting-report-3part' else ():
            test_rule(suite, profile, rule, text)
        if rules and profile != 'meeting-report-3part':
            suite.expect('"diagnostics": [], "unchecked": []' in cases_of(profile, '.out.json'),
                         profile + ': a golden case in which every rule holds')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--keep', action='store_true')
    run_suite('profiles', parser.parse_args().keep, test_profiles)


if __name__ == '__main__':
    main()
