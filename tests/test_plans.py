"""Plans: the rules as data, from any writing, with every fault at its path, and back."""

import json
import pickle
import tomllib
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings

from dual_random.errors import InputError, Note
from dual_random.plans import SOUND, Demand, JointRule, Plan, SeedSource
from dual_random.schemes import SCHEMES, seal
from dual_random.team_rules import Slot, TeamRule
from dual_random.testing.strategies import SEED_FORM, Round, plans, rounds
from dual_random.text import canonical_json, parse_json

yaml = pytest.importorskip("yaml")
quick = settings(deadline=None, derandomize=True, max_examples=60)

SOURCE: Final = SeedSource(
    source="双色球", event="2024090期", earliest="2024-08-06T21:15:00+08:00", form=SEED_FORM, substitute="2024091期"
)
PLAN: Final = Plan(
    title="海曙区2024年第三季度部门联合抽查",
    authority="海曙区市场监督管理局",
    number="2024-3",
    seed=SOURCE,
    demands=[
        Demand("市监", where={"status": "存续"}, by="risk", take={"A": "1%", "B": "3%", "C": "10%", "D": 30}),
        Demand("消防", where={"status": "存续", "industry": ["H", "F"]}, take="5%", at_least=1, at_most=9),
        Demand("市监·特种设备", department="市监", where={"boiler": "yes"}, unless={"size": "微型"}, take=200),
        Demand("环保", follow="市监", where={"industry": "C"}),
    ],
    joint=JointRule(at_least="49.60%", of="checks"),
    barred={"91330203MA2AXXXX0Y": "under reorganisation"},
    seals={"消防": seal("消防", "6f" * 32), "市监": seal("市监", "a1" * 32)},
)
DATA: Final = {
    "scheme": "dual-random/1-sha256",
    "title": "海曙区2024年第三季度部门联合抽查",
    "authority": "海曙区市场监督管理局",
    "number": "2024-3",
    "seed": {
        "source": "双色球",
        "event": "2024090期",
        "earliest": "2024-08-06T21:15:00+08:00",
        "form": "00 00 00 00 00 00 + 00",
        "substitute": "2024091期",
    },
    "demands": [
        {
            "name": "市监",
            "take": [[["A"], "1/100"], [["B"], "3/100"], [["C"], "1/10"], [["D"], 30]],
            "where": [["status", ["存续"]]],
            "by": ["risk"],
        },
        {
            "name": "消防",
            "take": [[[], "1/20"]],
            "where": [["industry", ["F", "H"]], ["status", ["存续"]]],
            "at_least": 1,
            "at_most": 9,
        },
        {
            "name": "市监·特种设备",
            "take": [[[], 200]],
            "department": "市监",
            "where": [["boiler", ["yes"]]],
            "unless": [["size", ["微型"]]],
        },
        {"name": "环保", "where": [["industry", ["C"]]], "follow": "市监"},
    ],
    "joint": {"at_least": "62/125", "of": "checks"},
    "barred": [["91330203MA2AXXXX0Y", "under reorganisation"]],
    "seals": [["市监", seal("市监", "a1" * 32)], ["消防", seal("消防", "6f" * 32)]],
}
YAML: Final = """
title: 海曙区2024年第三季度部门联合抽查
authority: 海曙区市场监督管理局
number: "2024-3"
seed:
  source: 双色球
  event: 2024090期
  earliest: "2024-08-06T21:15:00+08:00"
  form: 00 00 00 00 00 00 + 00
  substitute: 2024091期
demands:
  - name: 市监
    where: {status: 存续}
    by: risk
    take: {A: 1%, B: 3%, C: 10%, D: 30}
  - name: 消防
    where: {status: 存续, industry: [H, F]}
    take: 5%
    at_least: 1
    at_most: 9
  - name: 市监·特种设备
    department: 市监
    where: {boiler: "yes"}
    unless: {size: 微型}
    take: 200
  - {name: 环保, follow: 市监, where: {industry: C}}
joint: {at_least: 49.60%, of: checks}
barred: {91330203MA2AXXXX0Y: under reorganisation}
seals:
  消防: SEAL1
  市监: SEAL2
"""
TOML: Final = """
title = "海曙区2024年第三季度部门联合抽查"
authority = "海曙区市场监督管理局"
number = "2024-3"
barred = { 91330203MA2AXXXX0Y = "under reorganisation" }
joint = { at_least = "49.60%", of = "checks" }

[seed]
source = "双色球"
event = "2024090期"
earliest = "2024-08-06T21:15:00+08:00"
form = "00 00 00 00 00 00 + 00"
substitute = "2024091期"

[[demands]]
name = "市监"
where.status = "存续"
by = ["risk"]
take = { D = 30, C = "10%", B = "3%", A = "1%" }

[[demands]]
name = "消防"
where = { industry = ["F", "H"], status = ["存续"] }
take = "1/20"
at_least = 1
at_most = 9

[[demands]]
name = "市监·特种设备"
department = "市监"
where.boiler = "yes"
unless.size = "微型"
take = 200

[[demands]]
name = "环保"
follow = "市监"
where.industry = "C"

[seals]
"消防" = "SEAL1"
"市监" = "SEAL2"
"""


def sealed(text: str) -> str:
    """A text with the seals of the plan filled in."""
    return text.replace("SEAL1", dict(PLAN.seals)["消防"]).replace("SEAL2", dict(PLAN.seals)["市监"])


def told(error: InputError) -> list[str]:
    """Codes and places of the faults of an error, which reads in both languages."""
    assert all(note.text("en") and note.text("zh") for note in error.faults)
    return [f"{note.code} {note.at}" for note in error.faults]


def faults(call: Callable[[], object]) -> list[str]:
    """Codes and places of the faults of a call."""
    with pytest.raises(InputError) as caught:
        call()
    return told(caught.value)


def changed(**parts: object) -> dict[str, object]:
    """The data of a sound plan with some parts exchanged."""
    return {**DATA, **parts}


# ---- writings


def test_plan_as_data() -> None:
    """A plan is written with its constructor's names, sorted, without defaults but the scheme, rates exact."""
    assert PLAN.to_dict() == DATA


def test_writings_of_a_plan() -> None:
    """YAML, TOML, JSON and Python with the parts in another order give the same plan."""
    assert Plan.from_dict(yaml.safe_load(sealed(YAML))) == PLAN
    assert Plan.from_dict(tomllib.loads(sealed(TOML))) == PLAN
    assert Plan.from_dict(json.loads(json.dumps(DATA))) == PLAN
    assert Plan.from_dict(dict(reversed(DATA.items()))) == PLAN
    assert hash(Plan.from_dict(DATA)) == hash(PLAN)


@quick
@given(plans())
def test_every_plan_comes_back(plan: Plan) -> None:
    """For every plan: through JSON, YAML and pickle it comes back equal and is written the same again."""
    written = canonical_json(plan.to_dict())  # type: ignore[arg-type]
    data: Any = parse_json(written)[0]
    text = yaml.safe_dump(plan.to_dict(), allow_unicode=True)
    for again in (
        Plan.from_dict(data),
        Plan.from_dict(yaml.safe_load(text)),
        pickle.loads(pickle.dumps(plan)),
        attrs.evolve(plan),
    ):
        assert again == plan
        assert canonical_json(again.to_dict()) == written  # type: ignore[arg-type]


@quick
@given(rounds())
def test_rounds_read_columns_of_their_register(given_round: Round) -> None:
    """For every plan that fits a register: the columns it reads are the register's, each once, in byte order."""
    columns = given_round.plan.enterprise_columns
    assert set(columns) <= set(given_round.enterprises.columns)
    assert list(columns) == sorted(set(columns))


def test_order_of_demands_is_a_rule_and_nothing_else() -> None:
    """The order of demands decides who leads, so another order is another plan; that of conditions is none."""
    turned = attrs.evolve(PLAN, demands=PLAN.demands[::-1])
    assert turned != PLAN
    first = PLAN.demands[0]
    again = Demand("市监", where={"status": ["存续"]}, by=["risk"], take=first.take[::-1])
    assert again == first


# ---- demands


def test_demand_has_defaults() -> None:
    """A demand is a name and a take: its department is the name, nobody is left out, one stratum, rounding up."""
    parts: Any = {"where": {}, "unless": (), "by": (), "at_least": 0, "at_most": None, "rounding": "up", "follow": ""}
    assert Demand("市监", take="5%") == Demand("市监", take=Fraction(1, 20), department="市监", **parts)


def test_demand_may_have_bounds_that_meet() -> None:
    """The least and the most may be one number, and the least may be none."""
    assert Demand("市监", take="5%", at_least=3, at_most=3).at_most == 3
    assert Demand("市监", take="5%", at_most=0).at_most == 0


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"name": ""}, ["text-empty name", "text-empty department"]),
        ({"name": 7}, ["text-type name", "text-type department"]),
        ({"department": "市监 "}, ["text-space department"]),
        ({"where": {"a": []}}, ["condition-empty where.a"]),
        ({"unless": {"a": True, "": "x"}}, ["text-empty unless.", "text-type unless.a"]),
        ({"by": ["risk", "risk"]}, ["name-repeated by"]),
        ({"by": ["", 7]}, ["text-empty by[0]", "text-type by[1]"]),
        ({"by": [["risk"]]}, ["text-type by[0]"]),
        ({"rounding": "half"}, ["choice rounding"]),
        ({"take": ()}, ["take-missing take"]),
        ({"take": {}}, ["take-missing take"]),
        ({"take": 0.05}, ["share-float take"]),
        ({"take": 200.0}, ["count-float take"]),
        ({"take": "0.05"}, ["share-form take"]),
        ({"take": "101%"}, ["share-range take"]),
        ({"take": -1}, ["count-form take"]),
        ({"take": True}, ["count-form take"]),
        ({"take": {"A": 1}}, ["stratum-shape take.A"]),
        ({"by": "risk", "take": {"A": 0.5, "B": "x"}}, ["share-float take.A", "share-form take.B"]),
        ({"by": "risk", "take": {7: 1}}, ["text-type take.7"]),
        ({"by": "risk", "take": {("A", "B"): 1, (): 2}}, ["stratum-shape take", "stratum-shape take.A.B"]),
        ({"by": "risk", "take": [("A", 1), ("A", 2)]}, ["name-repeated take"]),
        ({"by": "risk", "take": [((["A"],), 1)]}, ["text-type take.['A']"]),
        ({"at_least": -1}, ["count-form at_least"]),
        ({"at_least": None}, ["count-form at_least"]),
        ({"at_least": True}, ["count-form at_least"]),
        ({"at_most": 1.0}, ["count-form at_most"]),
        ({"at_least": 3, "at_most": 2}, ["bounds-crossed at_most"]),
        ({"at_least": "x", "at_most": -2}, ["count-form at_least", "count-form at_most"]),
        ({"follow": None}, ["text-type follow"]),
        ({"follow": 0}, ["text-type follow"]),
        ({"follow": [], "take": ()}, ["text-type follow", "take-missing take"]),
    ],
)  # fmt: skip
def test_faults_of_a_demand(parts: dict[str, Any], expected: list[str]) -> None:
    """Every rule of a demand that is broken is named at its part."""
    assert faults(lambda: Demand(**{"name": "市监", "take": "5%", **parts})) == expected
    data = {"name": "市监", "take": "5%", **parts}
    assert faults(lambda: Plan.from_dict(changed(demands=[data]))) == [
        line.replace(" ", " demands[0].", 1) for line in expected
    ]


def test_all_faults_of_a_demand_at_once() -> None:
    """A demand in which everything is wrong tells everything."""
    parts: Any = {"department": 7, "take": {"A": 1.5}, "where": {"a": []}, "by": ["b", "b"], "rounding": "?"}
    assert faults(lambda: Demand("", at_least=2, at_most=1, **parts)) == [
        "text-empty name",
        "text-type department",
        "name-repeated by",
        "condition-empty where.a",
        "choice rounding",
        "bounds-crossed at_most",
        "stratum-shape take.A",
        "share-float take.A",
    ]


@pytest.mark.parametrize("part", ["take", "where", "unless"])
def test_shapes_that_no_converter_reads(part: str) -> None:
    """What is no table and no condition at all is refused; in a file, at its path."""
    data = {"name": "市监", part: None, **({} if part == "take" else {"take": 1})}
    assert faults(lambda: Demand(**data)) == ["plan-shape "]  # type: ignore[arg-type]
    assert faults(lambda: Plan.from_dict(changed(demands=[data]))) == [f"plan-shape demands[0].{part}"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"take": 1}, ["take"]),
        ({"by": "risk"}, ["by"]),
        ({"at_least": 1}, ["at_least"]),
        ({"at_least": None}, ["at_least"]),
        ({"at_most": 0}, ["at_most"]),
        ({"take": "5%", "by": "risk", "at_least": 2, "at_most": 5}, ["take", "by", "at_least", "at_most"]),
    ],
)
def test_a_follower_has_no_numbers(parts: dict[str, Any], expected: list[str]) -> None:
    """A demand that follows another draws nothing of its own: each number it states is named."""
    assert faults(lambda: Demand("环保", follow="市监", **parts)) == [f"follower-with-numbers {at}" for at in expected]
    assert Demand("环保", follow="市监", where={"industry": "C"}, unless={"size": "微型"}).take == ()


# ---- joint rule and seed source


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"at_least": "0%"}, ["target-zero at_least"]),
        ({"at_least": Fraction(0)}, ["target-zero at_least"]),
        ({"at_least": "101%"}, ["share-range at_least"]),
        ({"at_least": 0.496}, ["share-float at_least"]),
        ({"at_least": 1}, ["share-form at_least"]),
        ({"at_least": "half", "of": "items"}, ["share-form at_least", "choice of"]),
        ({"of": ["visits"]}, ["choice of"]),
    ],
)
def test_faults_of_a_joint_rule(parts: dict[str, Any], expected: list[str]) -> None:
    """A target is a share above 0, of visits or of checks."""
    assert faults(lambda: JointRule(**parts)) == expected
    assert faults(lambda: Plan.from_dict(changed(joint=parts))) == [
        line.replace(" ", " joint.", 1) for line in expected
    ]


def test_reach_limit_and_periods_are_checked_together() -> None:
    """A word that is no reach, a limit of none, a target above 1, periods twice or unclean: all at once, by path."""
    data = {
        **PLAN.to_dict(),
        "joint": {"at_least": "101%", "of": "firms", "reach": "far", "most_departments": 0},
        "periods": ["7月", "8月 ", "7月"],
        "demands": [{"name": "a", "take": 1}, {"name": "a", "take": 2}, {"name": "b", "follow": "a"}],
    }
    with pytest.raises(InputError) as caught:
        Plan.from_dict(data)
    assert sorted(f"{note.code} {note.at}" for note in caught.value.faults) == [
        "choice joint.of",
        "choice joint.reach",
        "most-form joint.most_departments",
        "name-repeated demands",
        "name-repeated periods",
        "share-range joint.at_least",
        "text-space periods[1]",
    ]


@pytest.mark.parametrize("most", [0, -1, True, "2", 2.0, 2**53])
def test_the_most_departments_are_a_count_from_one(most: object) -> None:
    """Nobody can come, fewer than nobody, and what is no whole number are refused."""
    assert [note.at for note in limit_faults(most)] == ["most_departments"]


def limit_faults(most: object) -> tuple[Note, ...]:
    """The faults of a limit."""
    with pytest.raises(InputError) as caught:
        JointRule(most_departments=most)  # type: ignore[arg-type]
    return caught.value.faults


def test_reach_without_a_target_and_one_department_a_visit_are_allowed() -> None:
    """They may be pointless, not wrong; what stands at its default is left out of the data."""
    rule = JointRule(reach="extra", most_departments=1)
    data = attrs.evolve(PLAN, joint=rule, periods="7月").to_dict()
    assert data["joint"] == {"reach": "extra", "most_departments": 1}
    assert data["periods"] == ["7月"]
    assert Plan.from_dict(data) == attrs.evolve(PLAN, joint=rule, periods=["7月"])
    assert "periods" not in PLAN.to_dict()


def test_joint_rule_without_target() -> None:
    """No target is the default and is left out; 100 % is the largest."""
    assert JointRule() == JointRule(at_least=None, of="visits")
    assert JointRule(at_least="100%").at_least == 1
    assert "joint" not in attrs.evolve(PLAN, joint=JointRule()).to_dict()


@pytest.mark.parametrize(
    "earliest",
    [
        "2024-08-06T21:15:00+08:00",
        "2024-08-06T21:15Z",
        "2024-02-29T00:00:59-09:30",
        "0001-01-01T00:00+00:00",
        "9999-12-31T23:59:59+23:59",
    ],
)
def test_times_with_a_zone(earliest: str) -> None:
    """A time is date, hour, minute, perhaps second, and zone."""
    assert attrs.evolve(SOURCE, earliest=earliest).earliest == earliest


@pytest.mark.parametrize(
    "earliest",
    [
        "2024-08-06T21:15:00",
        "2024-08-06",
        "21:15:00+08:00",
        "2024-08-06 21:15:00+08:00",
        "2024-08-06t21:15:00+08:00",
        "2024-08-06T21:15:00+0800",
        "2024-08-06T21:15:00+08",
        "2024-08-06T21:15:00.5+08:00",
        "2024-08-06T24:00:00+08:00",
        "2024-02-30T21:15:00+08:00",
        "2024-08-06T21:60:00+08:00",
        "2024-08-06T21:15:00+24:00",
        "20240806T211500Z",
        "2024-W32-2T21:15Z",
        "24-08-06T21:15Z",
        "２０２４-08-06T21:15Z",
        "tomorrow",
    ],
)
def test_other_times(earliest: str) -> None:
    """Times without a zone, impossible ones, and writings that some Python reads and another does not are refused."""
    assert faults(lambda: attrs.evolve(SOURCE, earliest=earliest)) == ["time-form earliest"]


def test_all_faults_of_a_seed_source_at_once() -> None:
    """A seed source in which everything is wrong tells everything, in a file at its path."""
    parts: Any = {"source": "", "event": 90, "earliest": "soon", "form": "0000", "substitute": "x "}
    expected = ["text-empty source", "text-type event", "time-form earliest", "seed-form-small form"]
    expected += ["text-space substitute"]
    assert faults(lambda: SeedSource(**parts)) == expected
    assert faults(lambda: Plan.from_dict(changed(seed=parts))) == [line.replace(" ", " seed.", 1) for line in expected]
    assert faults(lambda: attrs.evolve(SOURCE, earliest=None)) == ["text-type earliest"]  # type: ignore[arg-type]


# ---- plans


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"title": ""}, ["text-empty title"]),
        ({"authority": "海曙\n"}, ["text-character authority"]),
        ({"number": 3}, ["text-type number"]),
        ({"seed": None}, ["plan-shape seed"]),
        ({"seed": {}}, [f"key-missing seed.{part}" for part in ("source", "event", "earliest", "form")]),
        ({"joint": "49.60%"}, ["plan-shape joint"]),
        ({"demands": []}, ["demands-missing demands"]),
        ({"demands": {}}, ["plan-shape demands"]),
        ({"demands": "市监"}, ["plan-shape demands"]),
        ({"demands": ["市监"]}, ["plan-shape demands[0]"]),
        ({"demands": [{"name": "a", "take": 1}] * 2}, ["name-repeated demands"]),
        ({"demands": [{"name": "a", "follow": "b"}]}, ["follow-unknown demands[0].follow"]),
        ({"demands": [{"name": "a", "follow": "a"}]}, ["follow-chain demands[0].follow"]),
        ({"barred": ["E1"]}, ["plan-shape barred"]),
        ({"barred": {"E1": ""}}, ["text-empty barred.E1"]),
        ({"barred": [["E1", "x"], ["E1", "y"]]}, ["name-repeated barred"]),
        ({"seals": {"消防": "ab"}}, ["digest-form seals.消防"]),
        ({"seals": {"消防": 7}}, ["text-type seals.消防", "digest-form seals.消防"]),
        ({"seals": {"消防": "a" * 64, "市监": "a" * 64}}, ["name-repeated seals"]),
        ({"scheme": "dual-random/0"}, ["scheme-unknown scheme"]),
        ({"scheme": None}, ["scheme-unknown scheme"]),
        ({"inspectors": []}, ["key-unknown inspectors"]),
        ({"teams": {}}, ["plan-shape teams"]),
        (
            {"staffs": "ab"},
            ["digest-form staffs", *(f"staffing-with-draw {part}" for part in ("demands", "joint", "barred"))],
        ),
        ({"department_column": 7}, ["text-type department_column"]),
    ],
)
def test_faults_of_a_plan(parts: dict[str, object], expected: list[str]) -> None:
    """Every rule of a plan that is broken is named at its part."""
    assert faults(lambda: Plan.from_dict(changed(**parts))) == expected


def test_followers_follow_demands_that_draw() -> None:
    """A follower of a follower and one of nobody are named; several may follow one, wherever they stand."""
    lead = Demand("a", take=1)
    plan = attrs.evolve(PLAN, demands=[Demand("c", follow="a"), lead, Demand("b", follow="a")])
    assert [demand.follow for demand in plan.demands] == ["a", "", "a"]
    chain = [lead, Demand("b", follow="a"), Demand("c", follow="b"), Demand("d", follow="x")]
    assert faults(lambda: attrs.evolve(PLAN, demands=chain)) == [
        "follow-chain demands[2].follow",
        "follow-unknown demands[3].follow",
    ]


def test_all_faults_of_a_plan_at_once() -> None:
    """A file in which everything is wrong tells everything, each with its path."""
    data: Any = {
        "title": " x",
        "number": 3,
        "seed": {"source": "s", "form": "00", "extra": 1},
        "demands": [
            {"name": "a", "take": {"A": 0.1}, "by": "risk", "where": {"boiler": True}},
            {"name": "b", "follow": "a", "take": 5, "wehre": {}},
            {"take": "x"},
            7,
        ],
        "joint": {"at_least": 0.496},
        "barred": {"E1": 0},
        "seals": {"消防": "x"},
        "scheme": "?",
        "Demands": [],
    }
    assert sorted(faults(lambda: Plan.from_dict(data))) == sorted(
        [
            "key-unknown Demands",
            "key-missing authority",
            "key-unknown seed.extra",
            "key-missing seed.event",
            "key-missing seed.earliest",
            "seed-form-small seed.form",
            "share-float demands[0].take.A",
            "text-type demands[0].where.boiler",
            "key-unknown demands[1].wehre",
            "follower-with-numbers demands[1].take",
            "key-missing demands[2].name",
            "share-form demands[2].take",
            "plan-shape demands[3]",
            "share-float joint.at_least",
            "text-space title",
            "text-type number",
            "text-type barred.E1",
            "digest-form seals.消防",
            "scheme-unknown scheme",
        ]
    )


def test_parts_of_other_kinds_are_named() -> None:
    """Python parts that are not what they should be are refused, each at its place."""
    plan: Any = {"title": "t", "authority": "a", "number": "1", "seed": SOURCE, "demands": [Demand("a", take=1)]}
    wrong = {**plan, "seed": "2024090期", "joint": "49.60%", "demands": [{"name": "a"}, Demand("b", take=1)]}
    assert faults(lambda: Plan(**wrong)) == ["plan-shape seed", "plan-shape joint", "plan-shape demands[0]"]
    assert faults(lambda: Plan(**{**plan, "demands": {Demand("a", take=1)}})) == ["plan-shape "]


@pytest.mark.parametrize("data", [None, [], "title: x", 5, PLAN])
def test_a_file_holds_a_mapping(data: Any) -> None:
    """Whatever is no mapping is refused with the keys a plan has."""
    with pytest.raises(InputError) as caught:
        Plan.from_dict(data)
    assert told(caught.value) == ["plan-shape "]
    assert "title: …, authority: …, number: …, seed: …, demands" in str(caught.value)


def test_yaml_words_that_are_no_text() -> None:
    """What YAML makes of unquoted words is named with its path: yes, dates, numbers, floats, nothing."""
    text = """
title: 抽查
authority: on
number: 2024
seed: {source: 双色球, event: 2024-08-06, earliest: 2024-08-06T21:15:00+08:00, form: 0000000}
demands:
  - {name: 市监, where: {boiler: yes, status:}, take: 0.05}
"""
    assert faults(lambda: Plan.from_dict(yaml.safe_load(text))) == [
        "text-type seed.event",
        "text-type seed.earliest",
        "text-type seed.form",
        "text-type demands[0].where.boiler",
        "text-type demands[0].where.status",
        "share-float demands[0].take",
        "text-type authority",
        "text-type number",
    ]


def test_float_fault_tells_what_to_write() -> None:
    """A float in a file is refused with the text that means it."""
    with pytest.raises(InputError, match=r'demands\[0\]\.take: 0\.07 is a float.*write the text "7%" instead'):
        Plan.from_dict(changed(demands=[{"name": "a", "take": 0.07}]))


# ---- reading and changing a plan


def test_columns_that_a_plan_reads() -> None:
    """Columns of where, unless and by of every demand, each once, in byte order."""
    assert PLAN.enterprise_columns == ("boiler", "industry", "risk", "size", "status")
    assert attrs.evolve(PLAN, demands=[Demand("a", take=1)]).enterprise_columns == ()
    odd = Demand("a", take=1, by=["𠮷", "Ａ", "a"])
    assert attrs.evolve(PLAN, demands=[odd]).enterprise_columns == ("a", "Ａ", "𠮷")


def test_demand_by_name() -> None:
    """A demand is found by its name; an unknown one is refused with the known ones."""
    assert PLAN.demand("消防") is PLAN.demands[1]
    with pytest.raises(InputError) as caught:
        PLAN.demand("税务")
    (fault,) = caught.value.faults
    assert (fault.code, fault.params["known"]) == ("demand-unknown", "市监, 消防, 市监·特种设备, 环保")


def test_one_demand_more() -> None:
    """A demand is added at the end of a new plan; the old one stays; a name twice is refused."""
    more = PLAN.with_demand(Demand("税务", take="1%"))
    assert more.demands == (*PLAN.demands, Demand("税务", take="1%"))
    assert attrs.evolve(more, demands=PLAN.demands) == PLAN
    assert faults(lambda: PLAN.with_demand(Demand("消防", take=1))) == ["name-repeated demands"]


def test_evolve_checks_again() -> None:
    """A changed copy is converted and checked like a new plan."""
    assert attrs.evolve(PLAN, barred={"b": "x", "a": "y"}).barred == (("a", "y"), ("b", "x"))
    assert attrs.evolve(PLAN, scheme=SCHEMES[1]).to_dict()["scheme"] == SCHEMES[1]
    assert attrs.evolve(PLAN.demands[0], take="7%").take == (((), Fraction(7, 100)),)
    assert faults(lambda: attrs.evolve(PLAN, title="", scheme="x")) == ["text-empty title", "scheme-unknown scheme"]  # type: ignore[arg-type]


def test_plans_cannot_be_changed() -> None:
    """Neither plan nor demand has parts that can be set or grown."""
    for value, part in ((PLAN, "title"), (PLAN.demands[0], "take"), (PLAN.seed, "form"), (PLAN.joint, "of")):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, part, "x")
        assert isinstance(hash(value), int)


def test_stand_ins_are_sound() -> None:
    """The sound values that take the place of faulty parts are values of their classes."""
    assert all(isinstance(value, kind) for kind, value in SOUND.items())
    assert {Plan, Demand, JointRule, SeedSource, Slot, TeamRule} == set(SOUND)
    assert not any(isinstance(value, Note) for value in SOUND.values())
