#!/usr/bin/env python3
"""Properties of learned profiles.

usage: learn.py [--seed N] [--count N] [--keep]

Drafts with blanks are put together here, and finished drafts from them, so it is known what stands in
every blank. The profile that orgdraft learns must load, lead to every blank, fill the draft to the bytes
of each finished one, find nothing in those, and find what is changed in them. It closes with a line
`N passed, N failed`.
"""
import argparse
import json
import random
import re
import shutil
import tempfile

import properties

# Clauses with slots: kind and name of the fact. One that is joined stands in several clauses of a draft.
ZH = ['全年组织培训<n:场次>场', '发放手册<n:手册>册', '于2025年<date:日期>日举办开班式', '<date:日期2>，队员集合完毕',
      '由站长<p:站长>主持', '经<t:街道>街道同意', '会同<t:伙伴>公司联合开展', '查出隐患<n:类别>类<n:隐患>处，全部登记',
      '其中重大隐患<n:重大>处', '参加<n:参加>人次', '投入经费<n:经费>元', '按照<t:镇名>镇要求开展', '出动车辆<n:车辆>辆次',
      '整改率达到<n:比率>%', '选在<t:地点>广场举行', '邀请<t:讲师>教官授课', '联系电话公布在<t:栏目>专栏']
# Several places of one fact.
ZH_AGAIN = ['<t:队名>救援队如期出动', '由<t:队名>救援队负责', '对<t:队名>救援队进行考核', '队长<p:队长>带队', '听取队长<p:队长>汇报']
EN = ['the crew counted <n:nests> nests', 'rain fell on <n:days> days', 'guided by <t:guide> throughout the season',
      'with <n:visitors> visitors on the trail', 'the bridge near <t:place> was closed', 'we spent <n:cost> euros',
      'reported to <t:office> in writing', 'planted <n:trees> trees beside the road']
EN_AGAIN = ['the <t:park> park opened early', 'rangers of <t:park> park agreed', 'a visit to <t:park> park followed']
ZH_TITLES = ['准备情况', '实施过程', '工作成效', '存在问题', '下一步安排', '组织领导', '经费保障']
# Lines of their own. A value at the edge of a paragraph goes to that edge, whatever it holds.
ZH_LINES = ['<t:主办>研究所承办了启动仪式。', '到场单位：<l:到场>', '<t:县名>县派员观摩，反响良好。', '物资清单：<l:物资>', '值守电话：<n:值守>']
EN_LINES = ['Present: <l:present>', '<t:county> county sent a team.', 'Boats hired: <n:boats>']
EN_TITLES = ['Weather', 'Wildlife', 'Visitors', 'Repairs', 'Plans', 'Money']
HAN = '安北川东峰光海江杰凯岭明宁平青山石泰文西兴阳云泽'
WORDS = ['Alder', 'Birch', 'Cedar', 'Dune', 'Elm', 'Fern', 'Grove', 'Heath', 'Iris', 'Juniper', 'Kelp', 'Larch']


class Fact:
    def __init__(self, kind, values):
        self.kind, self.values = kind, values


class Maker:
    """A draft with blanks, its finished drafts, and what stands in each blank."""

    def __init__(self, rng, chinese, plain, drafts):
        self.rng, self.chinese, self.plain, self.drafts = rng, chinese, plain, drafts
        self.facts, self.blanks = {}, []
        self.template, self.finished = '', [''] * drafts

    def value(self, kind):
        rng = self.rng
        if kind == 'n':
            return str(rng.randint(1, 900))
        if kind == 'p':
            return rng.choice('王李张刘陈') + ''.join(rng.sample(HAN, rng.randint(1, 2)))
        if kind == 'l':
            join = '、' if self.chinese else ', '
            return join.join(self.value('p' if self.chinese else 't') for _ in range(rng.randint(2, 3)))
        if kind == 'date':
            return '2025-%d-%d' % (rng.randint(1, 12), rng.randint(1, 28))
        if self.chinese:
            return ''.join(rng.sample(HAN, rng.randint(2, 4)))
        return ' '.join(rng.sample(WORDS, rng.randint(1, 2)))

    def fact(self, kind, name):
        if name not in self.facts:
            values = []
            while len(values) < self.drafts:
                value = self.value(kind)
                if value not in values:
                    values.append(value)
            self.facts[name] = Fact(kind, values)
        return self.facts[name]

    def text(self, text):
        self.template += text
        self.finished = [f + text for f in self.finished]

    def blank(self, name, part=None):
        fact = self.facts[name]
        self.blanks.append((name, part))
        self.template += self.rng.choice(['XX', 'XX', 'XXX', '××']) if self.chinese else 'XX'
        for i, value in enumerate(fact.values):
            self.finished[i] += value.split('-')['ymd'.index(part)] if part else value

    def date(self, before, name):
        """A date whose year is printed; the month may be."""
        self.fact('date', name)
        year = before.endswith('年')
        if not year:
            self.blank(name, 'y')
            self.text('年')
        self.blank(name, 'm')
        self.text('月')
        self.blank(name, 'd')
        if not year:
            self.text('日')

    def clause(self, clause):
        for piece in re.split(r'(<\w+:\w+>)', clause):
            slot = re.fullmatch(r'<(\w+):(\w+)>', piece)
            if not slot:
                self.text(piece)
            elif slot[1] == 'date':
                self.date(self.template[-1:], slot[2])
            else:
                self.fact(slot[1], slot[2])
                self.blank(slot[2])

    def paragraphs(self, clauses):
        comma, stop = ('，', '。') if self.chinese else (', ', '. ')
        while clauses:
            count = self.rng.randint(1, 3)
            self.text(self.rng.choice(['本次工作中', '经过努力', '同时']) + '，' if self.chinese else 'This year ')
            for i, clause in enumerate(clauses[:count]):
                self.clause(clause)
                self.text(stop if i == len(clauses[:count]) - 1 else comma)
            clauses = clauses[count:]
            self.text('\n' if self.plain else '\n\n')

    def heading(self, number, title):
        if self.chinese and self.plain:
            self.text('一二三四五六'[number] + '、' + title + '\n')
        else:
            self.text('## %s\n\n' % title)

    def make(self):
        pool, again, titles = (ZH, ZH_AGAIN, ZH_TITLES) if self.chinese else (EN, EN_AGAIN, EN_TITLES)
        clauses = self.rng.sample(pool, self.rng.randint(3, len(pool) - 1)) + again
        self.rng.shuffle(clauses)
        lines = self.rng.sample(ZH_LINES if self.chinese else EN_LINES, self.rng.randint(0, 3))
        count = self.rng.randint(1, 4)
        for i, title in enumerate(self.rng.sample(titles, count)):
            self.heading(i, title)
            share = clauses[i::count]
            self.paragraphs(share)
            for line in lines[i::count]:
                self.clause(line)
                self.text('\n' if self.plain else '\n\n')
        return self


def learned_names(suite, path):
    """The field of each blank, by what `fields` says."""
    _, out, _ = suite.run('fields', '--format', 'json', '-p', './learned.yaml', path)
    return [field['name'] for field in json.loads(out)['fields']]


def expect_joins(suite, what, made, names):
    """Blanks of one fact are one field, and those of two facts are not."""
    fields = {}
    for (fact, part), name in zip(made.blanks, names):
        suffix = {'y': '.year', 'm': '.month', 'd': '.day', None: ''}[part]
        if not suite.expect(name and name.endswith(suffix), what + ': part', (fact, part, name)):
            return None
        name = name[:len(name) - len(suffix)]
        fields.setdefault(name, set()).add(fact)
    texts = [f for facts in fields.values() for f in facts if made.facts[f].kind in 'tpl']
    good = all(len(facts) == 1 for facts in fields.values()) and len(texts) == len(set(texts))
    return fields if suite.expect(good, what + ': joined', fields) else None


def value_of(fact, draft):
    """A value as `extract` writes it."""
    value = fact.values[draft]
    if fact.kind == 'n':
        return int(value)
    return '-'.join(part.zfill(2) for part in value.split('-')) if fact.kind == 'date' else value


def data_of(made, fields, draft):
    return ''.join('%s: %s\n' % (json.dumps(name, ensure_ascii=False), json.dumps(made.facts[f].values[draft], ensure_ascii=False))
                   for name, facts in fields.items() for f in facts)


def expect_changes(suite, rng, what, made, path, fields):
    """A value that is changed in one place of several is a conflict, one of a wrong type is that."""
    text = made.finished[0]
    for name, fact in made.facts.items():
        places = [m.start() for m in re.finditer(re.escape(fact.values[0]), text)]
        if fact.kind != 't' or len(places) < 2 or len(places) != sum(b[0] == name for b in made.blanks):
            continue
        at = rng.choice(places)
        other = '丙丁' if made.chinese else 'Oak'
        suite.write(path, text[:at] + other + text[at + len(fact.values[0]):])
        code, out, err = suite.run('check', '-p', './learned.yaml', path)
        rules = re.findall(r'\[([a-z-]+)\]$', out.decode(), re.M)
        suite.expect(code == 1 and rules == ['value-conflict'], what + ': one changed', (name, out.decode(), err))
    assert fields


def learn_one(suite, rng, number):
    chinese = rng.random() < 0.7
    plain = chinese and rng.random() < 0.6
    drafts = rng.randint(2, 4)
    made = Maker(rng, chinese, plain, drafts).make()
    what = 'draft %d (%s)' % (number, 'txt' if plain else 'md')
    suffix = '.txt' if plain else '.md'
    suite.write('draft' + suffix, made.template)
    finished = ['finished%d%s' % (i, suffix) for i in range(drafts)]
    for name, text in zip(finished, made.finished):
        suite.write(name, text)
    code, out, err = suite.run('profile', 'learn', 'draft' + suffix, *finished)
    if not suite.expect(code == 0 and not err, what + ': learned', err):
        return
    suite.write('learned.yaml', out)
    code, _, err = suite.run('profile', 'check', '-q', 'learned.yaml')
    if not suite.expect(code == 0, what + ': loads', err):
        return
    names = learned_names(suite, 'draft' + suffix)
    if not suite.expect(len(names) == len(made.blanks) and all(names), what + ': all blanks', names):
        return
    fields = expect_joins(suite, what, made, names)
    if fields is None:
        return
    for i, name in enumerate(finished):
        suite.write('data.yaml', data_of(made, fields, i))
        code, out, err = suite.run('fill', 'draft' + suffix, '-q', '-p', './learned.yaml', '-d', 'data.yaml')
        suite.expect(code == 0 and out.decode() == made.finished[i], what + ': filled', err)
        code, out, err = suite.run('check', '-p', './learned.yaml', '-d', 'data.yaml', name)
        found = properties.findings_in(out.decode())
        suite.expect(code == 0 and not found, what + ': clean', (found, err))
        _, out, _ = suite.run('extract', '-q', '--format', 'json', '-p', './learned.yaml', name)
        wanted = {n: value_of(made.facts[f], i) for n, facts in fields.items() for f in facts}
        found = json.loads(out)['documents'][0]
        suite.expect(found['values'] == wanted and not found['missing'], what + ': extracted',
                     {n: (found['values'].get(n), v) for n, v in wanted.items() if found['values'].get(n) != v})
    expect_changes(suite, rng, what, made, 'changed' + suffix, fields)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=60)
    parser.add_argument('--keep', action='store_true')
    args = parser.parse_args()
    folder = tempfile.mkdtemp(prefix='orgdraft-learn-')
    suite = properties.Suite(folder)
    rng = random.Random(args.seed)
    for number in range(args.count):
        learn_one(suite, rng, number)
        if suite.failed and args.keep:
            break
    if args.keep:
        print(folder)
    else:
        shutil.rmtree(folder)
    print('%d passed, %d failed' % (suite.passed, suite.failed))
    raise SystemExit(suite.failed > 0 or suite.passed == 0)


if __name__ == '__main__':
    main()
