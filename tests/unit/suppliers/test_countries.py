import pytest

from portal.suppliers.countries import country_code, country_codes, country_name, suggest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NO", "NO"),
        ("nor", "NO"),
        ("Norway", "NO"),
        ("  norge ", "NO"),
        ("Noreg", "NO"),
        ("NA", "NA"),
        ("Namibia", "NA"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("UK", "GB"),
        ("Storbritannia", "GB"),
        ("Great Britain", "GB"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Tsjekkia", "CZ"),
        ("Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Sør-Korea", "KR"),
        ("SOR KOREA", "KR"),
        ("Taiwan", "TW"),
        ("Hong Kong", "HK"),
        ("Hongkong", "HK"),
        ("Hong Kong SAR China", "HK"),
        ("Østerrike", "AT"),
        ("Osterrike", "AT"),
        ("Nederland", "NL"),
        ("The Netherlands", "NL"),
        ("Vietnam", "VN"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Kosovo", "XK"),
        ("Trinidad & Tobago", "TT"),
    ],
)
def test_code_behind_what_people_write(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", "  ", "Norwy", "Atlantis", "EU", "ZZ", "12"])
def test_unknown_text_has_no_code(text: str) -> None:
    assert country_code(text) is None


@pytest.mark.parametrize("code", country_codes())
def test_every_country_is_found_by_its_code_and_its_names(code: str) -> None:
    assert country_code(code) == code
    assert country_code(country_name(code, "en")) == code
    assert country_code(country_name(code, "nb")) == code


def test_a_near_miss_is_suggested() -> None:
    assert suggest("Norwy") == "NO"
    assert suggest("Sveirge") == "SE"
    assert suggest("xyzzy") is None


def test_names_follow_the_locale_and_fall_back_to_english() -> None:
    assert country_name("DE", "nb") == "Tyskland"
    assert country_name("DE", "zh-Hant") == "德國"
    assert country_name("DE", "tlh") == "Germany"
    assert country_name("QQ", "en") == "QQ"
