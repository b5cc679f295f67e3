"""Random suppliers over the real tables, for the claims of the model."""

from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from portal.ratings.case import Case, Credit, Criticality, RedFlag, State
from portal.ratings.country import country_index
from portal.ratings.settings import Value
from portal.suppliers.categories import Kind, Stage, load_categories
from tests.unit.ratings.examples import REFERENCE, SETTINGS, TODAY, TOPICS

# The same examples in every run, few enough to stay quick.
claim = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

COUNTRIES = sorted(REFERENCE.countries)
GOODS = [row.id for row in load_categories().values() if row.kind is Kind.GOOD]
# Best first; every step down is a worse answer.
VALUES = (Value.VERIFIED, Value.EVIDENCED, Value.DECLARED, Value.PARTIAL, Value.NO)

_topics = st.sampled_from([*sorted(set(TOPICS)), "conflict_minerals", "donor_rights"])
_days = st.integers(0, 900).map(lambda days: TODAY - timedelta(days=days))
_later = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def _credit(draw: st.DrawFn) -> Credit:
    value = draw(st.sampled_from([*VALUES, Value.UNKNOWN, Value.NOT_RELEVANT, Value.UNANSWERED]))
    return Credit(
        question=f"q{draw(st.integers(1, 999))}",
        topic=draw(_topics),
        weight=draw(st.sampled_from([0, 0.2, 0.6, 1, 1.6, 2])),
        value=value,
        answered_on=None if value is Value.UNANSWERED else draw(_days),
        evidence_until=draw(st.none() | _later),
    )


countries = st.sampled_from(COUNTRIES)
flags = st.builds(
    RedFlag, code=st.sampled_from(sorted(SETTINGS.red_flag_floors)), source=st.just("person")
)
credits_ = st.lists(_credit(), max_size=12).map(tuple)
cases = st.builds(
    Case,
    country=countries,
    production_countries=st.lists(countries, max_size=3, unique=True).map(tuple),
    origin_asked=st.booleans(),
    category=st.none() | st.sampled_from(sorted(load_categories())),
    stage=st.none() | st.sampled_from(Stage),
    criticality=st.none() | st.sampled_from(Criticality),
    state=st.sampled_from(State),
    credits=credits_,
    red_flags=st.lists(flags, max_size=2).map(tuple),
)
declared_cases = cases.map(lambda one: changed(one, state=State.DECLARED))
answering_cases = declared_cases.filter(lambda one: bool(one.credits))
untold_cases = st.builds(
    Case,
    country=countries,
    origin_asked=st.just(value=True),
    category=st.sampled_from(GOODS),
    state=st.just(State.DECLARED),
    credits=credits_,
)
days_later = st.integers(1, 800)


def changed(supplier: Case, **fields: object) -> Case:
    """Return the supplier with these fields replaced."""
    return supplier.model_copy(update=fields)


def with_answer(supplier: Case, number: int, **fields: object) -> Case:
    """Return the supplier with its answer number `number` (counted round) changed."""
    answers = list(supplier.credits)
    place = number % len(answers)
    answers[place] = answers[place]._replace(**fields)
    return changed(supplier, credits=tuple(answers))


def index_of(country: str) -> float:
    """Return the country index, all figures of the examples loaded."""
    return country_index(country, REFERENCE, SETTINGS).index


def later(days: int) -> date:
    """Return the day so many days after today."""
    return TODAY + timedelta(days=days)


# A good and a country that has it on the list of forced or child labour.
listed_pairs = st.sampled_from(
    sorted(
        (category.id, row.country)
        for category in load_categories().values()
        for row in REFERENCE.listed(category.dol_goods)
        if index_of(row.country) <= 90
    )
)
