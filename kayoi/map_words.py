"""The map in words and as a table: what it shows for readers who do not see it."""

from collections.abc import Sequence

import pandas as pd

from kayoi import report
from kayoi.i18n import Locale, translate
from kayoi.map_scale import Show, figure
from kayoi.metrics import Measure

_PERCENT_DECIMALS = 4


def finding(
    places: pd.DataFrame, show: Show, measure: Measure, selected: Sequence[str], locale: Locale
) -> str:
    """Say which place stands highest and lowest, where the chosen ones stand, how many are withheld.

    *places* are rows of map_values of one day.
    """
    known = places[places["shown"].notna()]
    if known.empty:
        return translate(locale, "finding.map_none")

    def said(place: pd.Series) -> str:
        name = place[f"name_{locale}"]
        above = place[f"prefecture_name_{locale}"]
        if not report.is_missing(above):
            name = f"{above}{name}" if locale == "ja" else f"{name} ({above})"
        return translate(
            locale, "finding.map_place", place=name, value=figure(place["shown"], show, measure.unit, locale)
        )

    sentences = [
        translate(
            locale,
            "finding.map_range",
            known=report.count(len(known), locale),
            highest=said(known.iloc[int(known["shown"].to_numpy().argmax())]),
            lowest=said(known.iloc[int(known["shown"].to_numpy().argmin())]),
        )
    ]
    chosen = places[places["region_code"].isin(selected)]
    if len(chosen):
        listed = translate(locale, "finding.map_join").join(said(place) for _, place in chosen.iterrows())
        sentences.append(translate(locale, "finding.map_selected", places=listed))
    withheld = int((places["status"] == "suppressed").sum())
    if withheld:
        sentences.append(translate(locale, "finding.map_withheld", count=report.count(withheld, locale)))
    missing = len(places) - len(known) - withheld
    if missing:
        sentences.append(translate(locale, "finding.map_missing", count=report.count(missing, locale)))
    return translate(locale, "finding.map_sentence.join").join(sentences)


def flows_finding(flows: pd.DataFrame, by: str, most: int, locale: Locale) -> str:
    """Say from where people (or the rise) come, for the first *most* municipalities (rows of map_flows)."""
    known = flows[flows["origin_ja"].notna() & (flows[by] > 0) & (flows[f"place_{by}"] > 0)]
    if known.empty:
        return translate(locale, "finding.map_flows_none")
    places = known.sort_values([f"place_{by}", "region_code"], ascending=[False, True], kind="stable")
    show: Show = "change" if by == "change" else "value"
    said = []
    for code in list(dict.fromkeys(places["region_code"]))[:most]:
        of_place = known[known["region_code"] == code].sort_values(by, ascending=False, kind="stable")
        origins = translate(locale, "finding.map_join").join(
            translate(
                locale,
                "finding.map_place",
                place=row[f"origin_{locale}"],
                value=figure(row[by], show, "people", locale),
            )
            for row in of_place.head(3).to_dict("records")
        )
        said.append(
            translate(
                locale,
                "finding.map_flow",
                place=translate(
                    locale,
                    "finding.map_place",
                    place=of_place.iloc[0][f"name_{locale}"],
                    value=figure(of_place.iloc[0][f"place_{by}"], show, "people", locale),
                ),
                origins=origins,
            )
        )
    return translate(locale, "finding.map_sentence.join").join(said)


def table(places: pd.DataFrame, show: Show, measure: Measure, locale: Locale) -> pd.DataFrame:
    """Return the places of one day by rank, the figure that is drawn first (rows of map_values)."""
    unit = translate(locale, f"unit.name.{measure.unit}")
    share = translate(locale, "unit.name.percent")
    heads = {
        "value": translate(locale, "chart.col.figure", unit=unit),
        "per_thousand": translate(locale, "chart.col.per_thousand"),
        "change": translate(locale, "chart.col.change", unit=unit),
        "change_rate": translate(locale, "chart.col.change_rate", unit=share),
    }
    shares = {"change_rate", *(("value", "change") if measure.unit == "percent" else ())}
    wanted = [name for name in heads if name != "per_thousand" or show == name]
    figures = {
        heads[name]: (places[name].astype("float64") * 100).round(_PERCENT_DECIMALS)
        if name in shares
        else places[name]
        for name in sorted(wanted, key=lambda name: name != show)
    }
    above = places[f"prefecture_name_{locale}"]
    return pd.DataFrame(
        {
            translate(locale, "chart.col.rank"): places["shown_rank"],
            translate(locale, "chart.col.municipality"): places[f"name_{locale}"],
            **figures,
            **({translate(locale, "chart.col.prefecture"): above} if above.notna().any() else {}),
            translate(locale, "chart.col.n"): places["n"],
            translate(locale, "chart.col.status"): [
                translate(locale, f"card.status.{status}") for status in places["status"]
            ],
            translate(locale, "chart.col.code"): places["region_code"],
        }
    )


def flows_table(flows: pd.DataFrame, locale: Locale) -> pd.DataFrame:
    """Return who comes from where to which municipality (rows of map_flows)."""
    unknown = translate(locale, "segment.unknown")
    change = translate(locale, "chart.col.change", unit=translate(locale, "unit.name.people"))
    return pd.DataFrame(
        {
            translate(locale, "chart.col.municipality"): flows[f"name_{locale}"],
            translate(locale, "chart.col.origin"): [
                unknown if report.is_missing(name) else name for name in flows[f"origin_{locale}"]
            ],
            translate(locale, "chart.col.persons"): flows["people"],
            change: flows["change"],
        }
    )
