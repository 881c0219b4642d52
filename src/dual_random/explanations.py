"""Why an enterprise was drawn or not: statements with their numbers, and shell lines that prove its ticket."""

from fractions import Fraction
from shlex import quote

from attrs import frozen

from dual_random.commitments import final_seed
from dual_random.errors import Lang, Note
from dual_random.forms import refuse
from dual_random.plans import Demand
from dual_random.populations import Population, Populations, stratum_key
from dual_random.records import Record
from dual_random.registers import Register
from dual_random.schemes import commitment_key, shell_tool, ticket
from dual_random.text import decimal_text, share_text, shown, text_faults


@frozen(kw_only=True)
class Explanation:
    """Why an enterprise was drawn or not; `str()` is a paragraph.

    Args:
        enterprise: its id.
        drawn: whether it is visited.
        steps: the reasons, in order.
        commands: shell lines, each with the first word it must print; they need no part of this library.
    """

    enterprise: str
    drawn: bool
    steps: tuple[Note, ...]
    commands: tuple[tuple[str, str], ...]

    def text(self, lang: Lang = "en") -> str:
        """The paragraph in English or Chinese, and the shell lines below it."""
        sentences = (" " if lang == "en" else "").join(step.text(lang) for step in self.steps)
        lines = [line for command, word in self.commands for line in (f"  $ {command}", f"  {word}")]
        return "\n".join([sentences, *lines])

    def __str__(self) -> str:
        return self.text()


def explain(record: Record, enterprises: Register, groups: Populations, enterprise: str) -> Explanation:
    """The reasons for one enterprise, from a record and the register it was drawn from."""
    refuse(text_faults({"enterprise": enterprise}))
    drawn = enterprise in record
    row = enterprises.row_of(enterprise)
    if row is None:
        return Explanation(enterprise=enterprise, drawn=drawn, steps=_unregistered(record, enterprise), commands=())
    key, commands = _key(record)
    own = ticket(record.commitment.plan.scheme, key, "target", enterprise)
    steps = [Note("why-ticket", "", {"enterprise": enterprise, "ticket": own[:16]})]
    steps += _reasons(record, enterprises, groups, enterprise, row)
    steps.append(_summary(record, enterprise))
    proof = (_shell(record, "%s\\ntarget\\n%s", key, enterprise), own)
    return Explanation(enterprise=enterprise, drawn=drawn, steps=tuple(steps), commands=(*commands, proof))


def _unregistered(record: Record, enterprise: str) -> tuple[Note, ...]:
    excluded = [note for note in record.commitment.enterprises.excluded if note.params.get("id") == enterprise]
    if not excluded:
        return (Note("why-unregistered", "", {"enterprise": enterprise}),)
    return (Note("why-excluded", "", {"enterprise": enterprise}), *excluded)


def _summary(record: Record, enterprise: str) -> Note:
    if enterprise not in record:
        return Note("why-no-visit", "", {"enterprise": enterprise})
    visit = record[enterprise]
    params = {"enterprise": enterprise, "departments": ", ".join(visit.departments), "lead": visit.lead}
    return Note("why-visit", "", params)


# ---- shell lines


def _shell(record: Record, form: str, *words: str) -> str:
    tool = shell_tool(record.commitment.plan.scheme)
    return f"printf {quote(form)} {' '.join(map(quote, words))} | {tool}"


def _key(record: Record) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The key of the draw, and the shell lines that lead to it."""
    commitment = record.commitment
    scheme, seed = commitment.plan.scheme, final_seed(commitment.plan, record.seed, dict(record.secrets))
    lines: list[tuple[str, str]] = []
    if commitment.plan.seals:
        opened = [word for pair in record.secrets for word in pair]
        form = "%s\\nseed\\n%s" + "\\n%s" * len(opened)
        lines.append((_shell(record, form, scheme, record.seed, *opened), seed))
    key = commitment_key(scheme, commitment.digest, seed)
    lines.append((_shell(record, "%s\\ncommitment\\n%s\\n%s", scheme, commitment.digest, seed), key))
    return key, tuple(lines)


# ---- reasons, demand by demand


def _reasons(record: Record, enterprises: Register, groups: Populations, enterprise: str, row: int) -> list[Note]:
    barred = dict(record.commitment.plan.barred).get(enterprise)
    if barred is not None:
        return [Note("why-barred", "", {"reason": barred})]
    profile = int(groups.profile[row])
    reasons: list[Note] = []
    for population in groups.demands:
        stratum = int(population.stratum[profile])
        if stratum < 0:
            reasons.append(_outside(population.demand, enterprises, enterprise))
        elif population.demand.follow:
            reasons.append(_following(record, population.demand, enterprise))
        else:
            reasons += _by_ticket(record, enterprises, groups, population, stratum, enterprise)
    return reasons


def _outside(demand: Demand, enterprises: Register, enterprise: str) -> Note:
    """The first condition that keeps an enterprise out of a population."""
    for code, conditions, wanted in (("why-not-where", demand.where, True), ("why-unless", demand.unless, False)):
        for column, allowed in conditions:
            value = enterprises.value(enterprise, column)
            if (value in allowed) != wanted:
                params = {"column": column, "value": shown(value), "listed": ", ".join(map(shown, allowed))}
                return Note(code, "", {"demand": demand.name, **params})
    return Note("why-not-followed", "", {"demand": demand.name, "followed": demand.follow})


def _following(record: Record, demand: Demand, enterprise: str) -> Note:
    drawn = enterprise in record and demand.name in record[enterprise].demands
    code = "why-follows" if drawn else "why-follows-not"
    return Note(code, "", {"demand": demand.name, "followed": demand.follow})


def _by_ticket(
    record: Record, enterprises: Register, groups: Populations, population: Population, stratum: int, enterprise: str
) -> list[Note]:
    """How many are drawn of how many, and whether the ticket is low enough: the last one drawn is the threshold."""
    name = population.demand.name
    numbers = next(numbers for numbers in record.commitment.allocation if numbers.demand == name)
    size = numbers.strata[stratum]
    chance = Fraction(size.number, size.population)
    share = f"{share_text(chance)} = {decimal_text(100 * chance, 2)}%"
    params: dict[str, str | int] = {"demand": name, "number": size.number, "population": size.population}
    params |= {"chance": share, "stratum": stratum_key(size.stratum)}
    rule = Note("why-stratum" if size.stratum else "why-population", "", params)
    if not size.number:
        return [rule]
    last = _last_ticket(record, enterprises, groups, population, stratum)
    drawn = enterprise in record and name in record[enterprise].demands
    return [rule, Note("why-low-enough" if drawn else "why-too-high", "", {"last": last[:16]})]


def _last_ticket(
    record: Record, enterprises: Register, groups: Populations, population: Population, stratum: int
) -> str:
    """The highest ticket drawn for a demand in a stratum; empty where nobody was drawn."""
    name = population.demand.name
    for place in range(len(record) - 1, -1, -1):
        if name in record.served[place].demands:
            row = enterprises.row_of(record.enterprises[place])
            if row is not None and int(population.stratum[groups.profile[row]]) == stratum:
                return record.tickets[place]
    return ""
