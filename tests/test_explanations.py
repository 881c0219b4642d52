"""Why: reasons that agree with the record, and shell lines that prove the tickets without this library."""

import json
import subprocess
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import oracle
from districts import SEED, SOURCE, District, Rows, districts, faults, named, plan, register
from dual_random.binding import commit
from dual_random.draws import Draw, draw
from dual_random.errors import Note
from dual_random.explanations import Explanation
from dual_random.plans import Demand, JointRule
from dual_random.registers import Register
from dual_random.schemes import SCHEMES, Scheme, seal, ticket
from dual_random.text import decimal_text, share_text

quick = settings(deadline=None, derandomize=True, max_examples=60)

ODD = [
    "it's",
    "''",
    '"quoted" "twice"',
    "a  b",
    "$HOME",
    "$(echo x)",
    "`echo x`",
    "back\\slash",
    "\\n\\t\\0\\x41\\c",
    "\\",
    "-n",
    "--x",
    "--help",
    "%s%n%d%%",
    "%",
    "%b\\n",
    "a;b|c&d>e<f",
    "*?[a]{b,c}~",
    "!history",
    "#comment",
    "=x",
    "宁波-001",
    "𠮷野家",
    "é\u0301x",
    "Ａ　Ｂ",
    "'\"'\"'",
    "\u00a7(a)",
]


def odd_draw(scheme: Scheme) -> Draw:
    """A sealed draw of ids, parties, names and a seed that a careless shell line would trip over."""
    ids = [name for name in ODD if name != "é\u0301x"]
    rows = [{"id": name, "risk": "AB"[i % 2]} for i, name in enumerate(ids)]
    enterprises = Register.from_rows(rows, id="id", columns=["risk"], alike=True)
    parties = {"it's": "6f" * 32, "-n %s": "a1" * 32, "$(x)\\n": "00" * 32}
    rules = plan(
        [Demand("a'$b %s", by="risk", take=5), Demand("-c\\n", take="30%")],
        seals={party: seal(party, secret, scheme=scheme) for party, secret in parties.items()},
        seed=evolve(SOURCE, form="-'%s' \\n $y 0000000"),
        scheme=scheme,
    )
    return draw(commit(rules, enterprises), enterprises, seed="-'%s' \\n $y 0123456", secrets=parties)


def first_word(command: str) -> str:
    """What a POSIX shell prints first for a line."""
    printed = subprocess.run(["sh", "-c", command], capture_output=True, check=True, env={"PATH": "/usr/bin:/bin"})
    assert not printed.stderr
    return printed.stdout.split()[0].decode()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_shell_lines_print_what_they_promise(scheme: Scheme) -> None:
    """For every id, however it is written: the opened seed, the key, the ticket; by sha256sum or openssl."""
    drawn = odd_draw(scheme)
    seen: dict[str, str] = {}
    for enterprise in drawn.enterprises:
        found = drawn.why(enterprise)
        assert len(found.commands) == 3
        seen |= dict(found.commands)
        command, word = found.commands[-1]
        key = found.commands[1][1]
        assert word == ticket(scheme, key, "target", enterprise)
        assert word in command or key in command
        if enterprise in drawn.record:
            assert word == drawn.record[enterprise].ticket
    assert len(seen) == len(drawn.enterprises) + 2
    for command, word in seen.items():
        assert first_word(command) == word, command
        assert command.endswith("| sha256sum" if scheme == SCHEMES[0] else "| openssl dgst -sm3 -r")


def test_without_seals_two_lines_suffice() -> None:
    """The key from digest and public value, and the ticket from the key."""
    enterprises = register([{"id": "E1"}, {"id": "E2"}])
    drawn = draw(commit(plan([Demand("市监", take=1)]), enterprises), enterprises, seed=SEED)
    (key_line, key), (ticket_line, word) = drawn.why("E2").commands
    assert SEED in key_line
    assert drawn.record.commitment.digest in key_line
    assert key in ticket_line
    assert (first_word(key_line), first_word(ticket_line)) == (key, word)


# ---- reasons


@quick
@given(districts(rows=15))
def test_the_reasons_agree_with_the_record(district: District) -> None:
    """For every enterprise one reason a demand, as a literal reading finds it, and the visit in the end."""
    rows, rules = district
    enterprises = register(rows)
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED)
    member = oracle.membership(rules.to_dict(), rows)
    marked = marks_of(drawn, member)
    for row in rows:
        found = drawn.why(row["id"])
        assert (found.enterprise, found.drawn) == (row["id"], row["id"] in drawn.record)
        first, *reasons = [note for note in found.steps if note.code != "why-period"]
        assert first.code == "why-ticket"
        ticket = next(word for command, word in found.commands if "\\ntarget\\n" in command)
        assert ticket.startswith(str(first.params["ticket"]))
        assert reasons.pop().code == ("why-visit" if found.drawn else "why-no-visit")
        if row["id"] in dict(rules.barred):
            assert [(note.code, note.params["reason"]) for note in reasons] == [("why-barred", "已注销")]
            continue
        expected = [note for demand in rules.demands for note in reasons_for(drawn, demand, row, member, marked)]
        told = [(note.code, dict(note.params)) for note in reasons[: len(expected)]]
        assert [
            (SPREAD.get(code, code), {name: params[name] for name in figures})
            for (code, params), (_, figures) in zip(told, expected, strict=True)
        ] == expected
        check_cell(drawn, row["id"], member, reasons[len(expected) :], {code for code, _ in told})


def key_of(drawn: Draw) -> str:
    """The key of a draw, by a literal reading."""
    record = drawn.record
    return oracle.key(json.loads(record.commitment.to_json()), record.seed, dict(record.secrets))


SPREAD = {
    "why-counts": "why-low-enough",
    "why-counts-not": "why-too-high",
    "why-stratum-counts": "why-stratum",
    "why-population-counts": "why-population",
}  # where a low ticket alone does not decide


def marks_of(drawn: Draw, member: oracle.Membership) -> dict[str, set[str]]:
    """Who is marked by each demand, by a literal reading."""
    record = drawn.record
    commitment = record.commitment
    follow = {demand.name: demand.follow for demand in commitment.plan.demands if demand.follow}
    stated = {(own.demand, size.stratum): size.number for own in commitment.allocation for size in own.strata}
    return oracle.marks(member, stated, follow, oracle.by_ticket(commitment.plan.scheme, key_of(drawn)))


def check_cell(drawn: Draw, enterprise: str, member: oracle.Membership, told: list[Note], before: set[str]) -> None:
    """The place among those alike, the cell's counts, and whether a low ticket alone decides there."""
    if not member[enterprise]:
        assert told == []
        return
    record = drawn.record
    alike = [name for name, strata in member.items() if strata == member[enterprise]]
    key = next(key for key, inside in oracle.cells(member).items() if enterprise in inside)
    cell = next((cell for cell in record.cells if cell.key == key), None)
    assert told[0].params["size"] == len(alike)
    order = sorted(alike, key=oracle.by_ticket(record.commitment.plan.scheme, key_of(drawn)))  # type: ignore[arg-type]
    place = int(told[0].params["place"])
    assert order[place - 1] == enterprise
    if cell is None:
        assert [note.code for note in told] == ["why-cell-empty"]
        return
    assert {"key": cell.key, "visits": cell.visits, "joint": cell.joint_visits}.items() <= told[0].params.items()
    assert (place <= cell.visits) == (enterprise in record)
    assert told[0].params["numbers"] == ", ".join(f"{name} {count}" for name, count in cell.numbers)
    nested = told[0].code == "why-cell-nested"
    assert not before & (set(SPREAD) if nested else set(SPREAD.values()))
    told = [note for note in told if note.code != "why-cell-followed"]
    extra = enterprise in record and record[enterprise].extra
    departments = {record.commitment.plan.demand(name).department for name, _ in cell.numbers}
    turns = ["why-turns"] if not nested and len(departments) > 1 and enterprise in record else []
    assert [note.code for note in told[1:]] == [*turns, *(["why-extra"] if extra else [])]


def reasons_for(
    drawn: Draw, demand: Demand, row: dict[str, str], member: oracle.Membership, marked: dict[str, set[str]]
) -> list[tuple[str, dict[str, str | int]]]:
    """Codes and figures of the reasons for one demand, from rules, row and marks."""
    record = drawn.record
    if demand.name not in member[row["id"]]:
        return [(outside(demand, row), {"demand": demand.name})]
    here = row["id"] in marked[demand.name]
    if demand.follow:
        assert here == (row["id"] in record and demand.name in record[row["id"]].demands)
        return [("why-follows" if here else "why-follows-not", {"demand": demand.name, "followed": demand.follow})]
    stratum = member[row["id"]][demand.name]
    alike = [name for name, strata in member.items() if strata.get(demand.name) == stratum]
    order = oracle.by_ticket(record.commitment.plan.scheme, key_of(drawn))
    tickets = [order(name)[0] for name in alike if name in marked[demand.name]]  # type: ignore[index]
    chance = Fraction(len(tickets), len(alike))
    figures: dict[str, str | int] = {
        "demand": demand.name,
        "number": len(tickets),
        "population": len(alike),
        "chance": f"{share_text(chance)} = {decimal_text(100 * chance, 2)}%",
    }
    if stratum:
        rule = ("why-stratum", {**figures, "stratum": oracle.canonical(list(stratum))})
    else:
        rule = ("why-population", figures)
    if not tickets:
        return [rule]
    return [rule, ("why-low-enough" if here else "why-too-high", {"last": max(tickets)[:16]})]


def outside(demand: Demand, row: dict[str, str]) -> str:
    """The code of the first reason why a row is in no population of a demand."""
    if any(row[column] not in values for column, values in demand.where):
        return "why-not-where"
    if any(row[column] in values for column, values in demand.unless):
        return "why-unless"
    return "why-not-followed"


ROWS: Rows = [
    {"id": "E1", "risk": "A", "status": "存续"},
    {"id": "E2", "risk": "A", "status": "存续"},
    {"id": "E3", "risk": "B", "status": "注销"},
    {"id": "E4", "risk": "C", "status": "存续"},
]


def drawn_of(*demands: Demand, **more: Any) -> Draw:
    """A draw of demands over the four rows."""
    enterprises = register(ROWS)
    return draw(commit(plan(demands, **more), enterprises), enterprises, seed=SEED)


def codes(found: Explanation) -> list[str]:
    """The codes of the steps."""
    return [note.code for note in found.steps]


def spanned(text: str) -> range:
    """A range of places as it is told."""
    first, _, last = text.partition("–")
    return range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_lots_of_a_spread_cell_are_proved_by_the_shell(scheme: Scheme) -> None:
    """The departments' tickets, in whose order the checks are laid, and the period's; each line prints its word."""
    rows = [{"id": f"E{i}"} for i in range(9)]
    enterprises = register(rows)
    rules = plan(
        [Demand("市监", take=4), Demand("消防", take=3), Demand("环保", take=1)],
        joint=JointRule(at_least="100%", reach="spread"),
        periods=["7月", "8月"],
        scheme=scheme,
    )
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED)
    assert drawn.record.layout == "spread"
    name = next(iter(drawn.record))
    found = drawn.why(name)
    order = next(note.params["order"] for note in found.steps if note.code == "why-turns")
    lots = {word: command for command, word in found.commands if "ndepartment" in command}
    assert len(lots) == 3
    given = [command.split()[-3 if scheme == SCHEMES[0] else -6].strip("'") for _, command in sorted(lots.items())]
    assert given == [part.split(" ")[0] for part in str(order).split("; ")]
    visited = list(drawn.record)
    for part in str(order).split("; "):
        department, _, places = part.partition(" ")
        numbers = [place for span in places.split(", ") for place in spanned(span)]
        coming = [name for name, visit in drawn.record.items() if department in visit.departments]
        assert [visited[place - 1] for place in numbers] == coming
    for command, word in found.commands:
        assert first_word(command) == word
    assert drawn.record[name].period in found.text("zh")
    idle = next(row["id"] for row in rows if row["id"] not in drawn.record)
    assert [note.code for note in drawn.why(idle).steps if note.code.startswith("why-cell")] == ["why-cell-spread"]
    assert len(drawn.why(idle).commands) == 2


def test_a_cell_that_a_follower_keeps_nested_is_told_so() -> None:
    """Three come where two is the most, because one of them follows; without a limit or a target nothing is said."""
    rows = [{"id": f"E{i}"} for i in range(9)]
    demands = [Demand("市监", take=4), Demand("消防", take=3), Demand("环保", follow="市监")]
    enterprises = register(rows)
    for rule, told in (
        (JointRule(), False),
        (JointRule(most_departments=3), False),
        (JointRule(most_departments=2), True),
        (JointRule(at_least="100%", reach="spread"), False),
        (JointRule(at_least="100%", of="checks"), False),
    ):
        drawn = draw(commit(plan(demands, joint=rule), enterprises), enterprises, seed=SEED)
        assert ("why-cell-followed" in codes(drawn.why("E1"))) is told
    alone = [*demands, Demand("税务", take=9)]
    drawn = draw(
        commit(plan(alone, joint=JointRule(at_least="100%", reach="spread")), enterprises), enterprises, seed=SEED
    )
    assert "why-cell-followed" in codes(drawn.why("E1"))


def test_a_period_is_the_share_of_its_rank() -> None:
    """The rank of the period ticket among all visits, as a literal sort gives it."""
    enterprises = register([{"id": f"E{i}"} for i in range(9)])
    drawn = draw(
        commit(plan([Demand("市监", take=7)], periods=["甲", "乙", "丙"]), enterprises), enterprises, seed=SEED
    )
    ticket_of = oracle.by_names(SCHEMES[0], key_of(drawn))
    ordered = sorted(drawn.record, key=lambda name: ticket_of("period", name))
    for rank, name in enumerate(ordered):
        params = next(note.params for note in drawn.why(name).steps if note.code == "why-period")
        assert params == {"period": ["甲", "乙", "丙"][rank * 3 // 7], "rank": rank + 1, "visits": 7}


def test_a_visit_for_the_target_alone_is_called_so() -> None:
    """Of three visits by two, made of two by three, the last place would have been left alone."""
    rows = [{"id": f"E{i}", "risk": "AAAAAAB"[i]} for i in range(7)]
    demands = [Demand(name, take=2, where={"risk": "A"}) for name in ("甲", "乙", "丙")]
    demands.append(Demand("丁", take=1, where={"risk": "B"}))
    enterprises = register(rows)
    rules = plan(demands, joint=JointRule(at_least="75%", reach="extra"))
    drawn = draw(commit(rules, enterprises), enterprises, seed=SEED)
    told = {name: codes(drawn.why(name)) for name in drawn.record}
    assert [name for name, steps in told.items() if "why-extra" in steps] == list(drawn.record.extra)
    assert len(drawn.record.extra) == 1
    assert all("why-turns" in told[name] for name in drawn.record if drawn.record[name].joint)


def test_a_draw_explains_only_over_its_own_register() -> None:
    """Another register is refused before a word is said; what is no record or register at once."""
    enterprises = register([{"id": "E1"}, {"id": "E2"}])
    drawn = draw(commit(plan([Demand("市监", take=1)]), enterprises), enterprises, seed=SEED)
    other = Draw(record=drawn.record, enterprises=register([{"id": "E1"}, {"id": "E3"}]))
    assert named(faults(lambda: other.why("E1"))) == [("register-digest", "enterprises.digest")]
    wrong: Any = 5
    assert named(faults(lambda: Draw(record=wrong, enterprises=wrong))) == [
        ("plan-shape", "record"),
        ("plan-shape", "enterprises"),
    ]


def test_each_reason_has_its_own_words() -> None:
    """Outside by a condition, by an exclusion, by what is followed; none drawn; following."""
    drawn = drawn_of(
        Demand("市监", by="risk", take={"A": 1, "B": 1, "C": 0}),
        Demand("消防", take=1, unless={"status": "注销"}, where={"risk": ["A", "B"]}),
        Demand("环保", follow="消防", where={"status": "存续"}),
    )

    def middle(enterprise: str) -> list[str]:
        return codes(drawn.why(enterprise))[1:-1]

    assert middle("E3") == ["why-stratum", "why-low-enough", "why-unless", "why-not-where", "why-cell-nested"]
    assert middle("E4") == ["why-stratum", "why-not-where", "why-not-followed", "why-cell-empty"]
    taken, left = sorted(("E1", "E2"), key=lambda name: name not in drawn.record)
    low, high = ["why-stratum", "why-low-enough", "why-population", "why-low-enough"], "why-too-high"
    assert middle(taken) == [*low, "why-follows", "why-cell-nested"]
    assert middle(left) == ["why-stratum", high, "why-population", high, "why-follows-not", "why-cell-nested"]


def test_barred_strangers_and_excluded_ones_are_told_their_reason() -> None:
    """A public reason for the barred; the faults of an excluded row; or simply not in the register."""
    drawn = drawn_of(Demand("市监", take=3), barred={"E4": "立案调查中"})
    assert codes(drawn.why("E4")) == ["why-ticket", "why-barred", "why-no-visit"]
    assert "立案调查中" in str(drawn.why("E4"))
    stranger = drawn.why("E9")
    assert (codes(stranger), stranger.drawn, stranger.commands) == (["why-unregistered"], False, ())
    table = {"id": ["E1", "E2", "E2", "E3"], "risk": ["A", "B", "C", "D "]}
    kept = Register(table, id="id", columns=["risk"], exclude=["id-repeated", "text-space"])
    excluded = draw(commit(plan([Demand("市监", take=1)]), kept), kept, seed=SEED)
    assert codes(excluded.why("E2"))[:2] == ["why-excluded", "id-repeated"]
    assert codes(excluded.why("E3")) == ["why-excluded", "text-space"]
    assert codes(excluded.why("E1"))[0] == "why-ticket"


def test_a_register_read_from_its_text_explains_exclusions_too() -> None:
    """They stand in the commitment, so the published files suffice."""
    kept = Register({"id": ["E1", "E2", "E2"]}, id="id", columns=[], exclude=["id-repeated"])
    commitment = commit(plan([Demand("市监", take=1)]), kept)
    drawn = draw(commitment, Register.from_tsv(kept.to_tsv()), seed=SEED)
    assert codes(drawn.why("E2"))[:2] == ["why-excluded", "id-repeated"]


def test_a_paragraph_reads_in_english_and_chinese() -> None:
    """The statements, then each shell line with the word it must print."""
    drawn = drawn_of(Demand("市监", take=4))
    found = drawn.why("E1")
    english, *lines = str(found).split("\n")
    assert english == " ".join(note.text() for note in found.steps)
    assert english.startswith("The ticket of E1 is ")
    assert english.endswith("So E1 is visited by 市监; 市监 leads.")
    assert lines == [line for command, word in found.commands for line in (f"  $ {command}", f"  {word}")]
    chinese = found.text("zh").split("\n")[0]
    assert chinese == "".join(note.text("zh") for note in found.steps)
    assert chinese.startswith("E1 的签号是 ")
    assert found.text("zh").split("\n")[1:] == lines
    assert "chance 1 = 100.00%" in english


def test_an_id_that_is_no_clean_text_is_refused() -> None:
    """As everywhere: no repair, no guess."""
    drawn = drawn_of(Demand("市监", take=1))
    assert named(faults(lambda: drawn.why("E1 "))) == [("text-space", "enterprise")]
    assert named(faults(lambda: drawn.why(7))) == [("text-type", "enterprise")]  # type: ignore[arg-type]
    assert named(faults(lambda: drawn.why("\ud800"))) == [("text-character", "enterprise")]
