from portal.suppliers.categories import UNCATEGORISED, Kind, Level, Stage, load_categories


def test_the_catalogue_is_whole() -> None:
    kinds = [category.kind for category in load_categories().values()]
    assert (kinds.count(Kind.GOOD), kinds.count(Kind.SERVICE)) == (51, 21)
    assert load_categories()[UNCATEGORISED].score == 45


def test_a_good_has_levels_by_stage() -> None:
    furniture = load_categories()["furniture"]
    assert furniture.levels == {
        Stage.RAW: Level.HIGH,
        Stage.COMPONENT: Level.MEDIUM,
        Stage.FINAL: Level.LOW,
    }
    assert furniture.stage_performed is Stage.FINAL
    assert furniture.dol_goods == ("Furniture", "Timber", "Furniture (steel)")


def test_every_category_says_what_it_is_and_where_it_comes_from() -> None:
    for category in load_categories().values():
        assert category.name("en"), category.id
        assert category.name("nb"), category.id
        assert category.source, category.id
        assert category.levels, category.id
        assert 0 <= category.score <= 100, category.id


def test_twelve_rows_are_marked_as_proposals() -> None:
    assert sum(category.is_proposal for category in load_categories().values()) == 12


def test_generally_applied_agreements_are_the_nine_norwegian_sectors() -> None:
    applied = [c.id for c in load_categories().values() if c.generally_applied]
    assert len(applied) == 9
    assert all(name.startswith("no_") for name in applied)
