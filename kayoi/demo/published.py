"""What stands beside the people: programmes, companies, targets, official figures, coverage, events."""

from typing import Final

import numpy as np
import pandas as pd

from kayoi.demo.figures import (
    CHALLENGE_TARGET,
    FIRST_DAY,
    LAST_DAY,
    ROUND_TRIPS,
    TRIAL_FIRST_DAY,
    TRIAL_LAST_DAY,
    TRIAL_PLACES,
    day,
)
from kayoi.demo.places import CODES, PLACES
from kayoi.demo.programmes import CORPORATE_CODE, CORPORATE_ID, ORGANIZATION_IDS, SECOND_HOMES
from kayoi.demo.seasons import CAMPAIGN, NEW_ROUTE, TYPHOON
from kayoi.demo.ties import PILOT_ID, PILOT_PLACES
from kayoi.demo.trial import TRIAL_ID

_INVENTED: Final = "架空データ"
_INVENTED_SOURCE: Final = "架空データ（公式統計ではない）"
_NAMES: Final = {
    "37403": ("琴平町", "Kotohira"),
    "26213": ("南丹市美山", "Miyama, Nantan"),
    "15226": ("南魚沼市", "Minamiuonuma"),
    "07210": ("二本松市", "Nihonmatsu"),
    "20448": ("生坂村", "Ikusaka"),
}
_COMPANIES: Final = (
    ("架空水産テック株式会社", "情報通信業"),
    ("架空データ工房株式会社", "情報通信業"),
    ("株式会社架空食品研究所", "製造業"),
    ("架空海運ロジ株式会社", "運輸業"),
    ("架空デザイン合同会社", "専門サービス業"),
    ("株式会社架空人材", "サービス業"),
    ("架空エネルギー株式会社", "電気・ガス業"),
    ("架空総合商社株式会社", "卸売業"),
    ("株式会社架空教育", "教育・学習支援業"),
    ("架空ヘルスケア株式会社", "医療・福祉"),
    ("架空旅行企画株式会社", "生活関連サービス業"),
    ("株式会社架空クラウド", "情報通信業"),
)
# people who come four times or more: target of FY2025 by municipality; a tenth more the year after
_FREQUENT_TARGETS: Final = {
    "15226": 90,
    "26213": 40,
    "07210": 70,
    "37403": 50,
    "03211": 60,
    "30401": 110,
    "30206": 80,
}
_DUAL_TARGETS: Final = {"01633": 10, "30206": 12, "30401": 12, "37208": 10, "42210": 10, "15226": 10}
_RESIDENTS_MONTH: Final = "2025-01"
_RESIDENTS_SOURCE: Final = "総務省 住民基本台帳に基づく人口（2025年1月1日）"
# municipality, month from which on one 特定居住促進計画 stands, and the months of its 支援法人: invented
_DUAL_PLANS: Final = (
    ("01633", "2025-03", ("2025-06", "2026-02")),
    ("15226", "2025-10", ("2025-12",)),
    ("30401", "2025-07", ("2025-09",)),
    ("37208", "2026-03", ("2026-04", "2026-06")),
    ("42210", "2025-11", ("2026-01",)),
)


def programs() -> pd.DataFrame:
    """Return the table `programs`; names end in 架空データ because every figure of them is invented."""
    rows: list[tuple[str, str, str, str, int, int, str, int | None, int, str]] = [
        (
            home.program_id,
            f"第2のふるさとづくり {_NAMES[home.code][0]}（{_INVENTED}）",
            f"Second home town: {_NAMES[home.code][1]} (fictitious data)",
            home.kind,
            day(home.starts_on),
            day(home.ends_on),
            home.code,
            None,
            8_000_000 if home.kind == "startup" else 12_000_000,
            f"{_NAMES[home.code][0]}の協議会（架空）",
        )
        for home in SECOND_HOMES
    ]
    rows.append(
        (
            CORPORATE_ID,
            f"企業版第2のふるさとづくり 釜石市（{_INVENTED}）",
            "Second home town for companies: Kamaishi (fictitious data)",
            "corporate",
            day("2025-06-01"),
            day("2026-03-31"),
            CORPORATE_CODE,
            None,
            15_000_000,
            "釜石市の協議会（架空）",
        )
    )
    rows.append(
        (
            TRIAL_ID,
            f"つながる、二地域暮らし（{_INVENTED}）",
            "Connected life in two places (fictitious data)",
            "dual_residence",
            day(TRIAL_FIRST_DAY),
            day(TRIAL_LAST_DAY),
            ";".join(TRIAL_PLACES),
            ROUND_TRIPS,
            20_000_000,
            f"二地域居住応援ネットワーク（{_INVENTED}）",
        )
    )
    rows.append(
        (
            PILOT_ID,
            f"ふるさと住民登録 試行（{_INVENTED}）",
            "Trial of the home-town resident register (fictitious data)",
            "other",
            day("2026-04-01"),
            day("2027-03-31"),
            ";".join(PILOT_PLACES),
            None,
            3_000_000,
            f"試行の事務局（{_INVENTED}）",
        )
    )
    names = "program_id name_ja name_en kind starts_on ends_on municipality_codes"
    names += " required_round_trips budget_yen operator"
    return pd.DataFrame(rows, columns=names.split()).astype({"required_round_trips": "Int64"})


def organizations() -> pd.DataFrame:
    """Return the table `organizations`."""
    names, industries = zip(*_COMPANIES, strict=True)
    return pd.DataFrame({"organization_id": ORGANIZATION_IDS, "name": names, "industry": industries})


def targets() -> pd.DataFrame:
    """Return the table `targets`; only the ten people of 生坂村 follow a public aim."""
    rows: list[tuple[str, str, int, float]] = [
        ("20448", "K01", year, CHALLENGE_TARGET) for year in (2025, 2026)
    ]
    for kpi_id, values in (("K01", _FREQUENT_TARGETS), ("K25", _DUAL_TARGETS)):
        rows += [(code, kpi_id, 2025, value) for code, value in values.items()]
        rows += [(code, kpi_id, 2026, round(value * 1.1)) for code, value in values.items()]
    rows += [(code, "K23", 2026, 60) for code in PILOT_PLACES]
    rows += [("30", "K01", year, value) for year, value in ((2025, 200), (2026, 220))]
    rows += [
        ("JP", "K01", 2026, 700),
        ("JP", "K25", 2026, 70),
        (TRIAL_ID, "K28", 2025, 0.8),
        (TRIAL_ID, "K29", 2026, 0.3),
    ]
    return pd.DataFrame(rows, columns=["scope", "kpi_id", "fiscal_year", "value"]).astype({"value": float})


def area_stats(rng: np.random.Generator) -> pd.DataFrame:
    """Return the table `area_stats`: residents as published, everything else invented and marked so."""
    first, last = (np.datetime64(number, "D").astype("datetime64[M]") for number in (FIRST_DAY, LAST_DAY))
    months = np.arange(first, last + 1)
    frames = []
    for place in PLACES:
        season = np.array(place.months)[months.astype(int) % 12]
        trend = np.linspace(0.8, 1.08, len(months))
        noise = rng.normal(1, 0.04, len(months))
        visitors = place.official_visitors / 12 * season * trend * noise / np.mean(place.months)
        stays = visitors * (1 - place.day_trips) * 0.6
        for metric, values in (("観光来訪者数", visitors), ("延べ宿泊者数", stays)):
            frames.append(
                pd.DataFrame(
                    {
                        "municipality_code": place.code,
                        "month": months.astype(str),
                        "metric": metric,
                        "value": np.round(values, -1),
                        "source": _INVENTED_SOURCE,
                    }
                )
            )
    fixed: list[tuple[str, str, str, float, str]] = [
        (place.code, _RESIDENTS_MONTH, "住基人口", place.residents, _RESIDENTS_SOURCE) for place in PLACES
    ]
    for code, plan, bodies in _DUAL_PLANS:
        for metric, starts in (("特定居住促進計画", (plan,)), ("特定居住支援法人", bodies)):
            counts = {month: sum(start <= month for start in starts) for month in months.astype(str)}
            fixed += [
                (code, month, metric, count, _INVENTED_SOURCE) for month, count in counts.items() if count
            ]
    frames.append(pd.DataFrame(fixed, columns=list(frames[0].columns)).astype({"value": float}))
    return pd.concat(frames, ignore_index=True)


def coverage() -> pd.DataFrame:
    """Return the table `coverage`: every place over the whole period."""
    return pd.DataFrame(
        {
            "municipality_code": CODES,
            "source": _INVENTED,
            "covered_from": FIRST_DAY,
            "covered_through": LAST_DAY,
        }
    )


def events() -> pd.DataFrame:
    """Return the table `events`: what the seasons of the demonstration really contain."""
    marks = (
        (TYPHOON, "台風による交通の乱れ", "Typhoon disrupts transport"),
        (CAMPAIGN, "冬の周遊キャンペーン", "Winter touring campaign"),
        (NEW_ROUTE, "新しい航空路線", "New air route"),
    )
    rows: list[tuple[str | None, int, int | None, str, str]] = [
        (
            code,
            day(first),
            day(last) if mark is not NEW_ROUTE else None,
            f"{label_ja}（{_INVENTED}）",
            f"{label_en} (fictitious)",
        )
        for mark, label_ja, label_en in marks
        for codes, first, last, _ in (mark,)
        for code in codes
    ]
    rows += [
        (
            None,
            day("2026-04-01"),
            None,
            f"ふるさと住民登録の試行開始（{_INVENTED}）",
            "Trial of the home-town resident register begins (fictitious)",
        ),
        (
            None,
            day(TRIAL_FIRST_DAY),
            day(TRIAL_LAST_DAY),
            f"つながる、二地域暮らし（{_INVENTED}）",
            "Connected life in two places (fictitious)",
        ),
    ]
    table = pd.DataFrame(rows, columns=["municipality_code", "starts_on", "ends_on", "label_ja", "label_en"])
    return table.astype({"ends_on": "Int64"})
