"""The demonstration dataset keeps the contract, the published figures and the stories it promises."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kayoi.contract import ENGAGEMENT_KINDS, PROGRAM_KINDS, PURPOSES, SCHEMES, SUPPORT_KINDS, TABLES
from kayoi.demo import write_dataset
from kayoi.demo.figures import (
    DAY_TRIP_YEN,
    LEAST_PEOPLE,
    LODGING_TRIP_YEN,
    PEOPLE,
    RETURN_GAP_QUARTILE_DAYS,
    SHARE_COUNTED_TWICE,
    SHARE_FOUR_TIMES,
    SHARE_ONE_DAY_GAPS,
    SHARE_TWICE,
    SPENT_IN_MUNICIPALITY,
)
from kayoi.errors import UsageError
from kayoi.load.store import load_files
from kayoi.load.values import parse_organization, parse_yen
from kayoi.municipalities import resolve_code

SMALL = 2_000
HORIZON = pd.Timestamp("2026-09-30")
PAIR = ["person_id", "municipality_code"]
PLACES = {
    "01633": "上士幌町",
    "03211": "釜石市",
    "07210": "二本松市",
    "15226": "南魚沼市",
    "20448": "生坂村",
    "26213": "南丹市（美山）",
    "30206": "田辺市",
    "30401": "白浜町",
    "30406": "すさみ町",
    "37208": "三豊市",
    "37403": "琴平町",
    "42210": "壱岐市",
}
LADDER_AND_BESIDE = ["settled", "dual", "routine", "related", "loyal", "tourist", "interest", "dormant"]


@pytest.fixture(scope="module", params=[SMALL, PEOPLE], ids=["small", "usual"])
def data(request, tmp_path_factory):
    return written(tmp_path_factory.mktemp("demo"), people=request.param)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return written(tmp_path_factory.mktemp("usual"), people=PEOPLE)


def written(folder, **wanted):
    write_dataset(folder, **wanted)
    return {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}


def merged(data):
    """Trips by the contract's section 2: one row per visit, with the home of its day, resident or not."""
    rows = data["visits"].assign(
        arrived=pd.to_datetime(data["visits"]["arrived_on"]),
        departed=pd.to_datetime(data["visits"]["departed_on"]).fillna(
            pd.to_datetime(data["visits"]["arrived_on"])
        ),
    )
    rows = rows.sort_values([*PAIR, "arrived"], kind="stable")
    last = rows.groupby(PAIR)["departed"].cummax().shift()
    follows = (rows[PAIR] == rows[PAIR].shift()).all(axis=1) & (
        rows["arrived"] <= last + pd.Timedelta(days=1)
    )
    trips = rows.groupby((~follows).cumsum()).agg(
        person_id=("person_id", "first"),
        municipality_code=("municipality_code", "first"),
        arrived=("arrived", "min"),
        departed=("departed", "max"),
        purpose=("purpose", "first"),
        home=("home_municipality_code", "first"),
        organization_id=("organization_id", "first"),
        program_id=("program_id", "first"),
    )
    homes = (
        data["people"].assign(home_from=pd.to_datetime(data["people"]["home_from"])).sort_values("home_from")
    )
    trips = pd.merge_asof(
        trips.sort_values("arrived", kind="stable"),
        homes[["person_id", "home_from", "home_municipality_code"]],
        left_on="arrived",
        right_on="home_from",
        by="person_id",
    )
    trips["home"] = trips["home"].fillna(trips["home_municipality_code"])
    trips["nights"] = (trips["departed"] - trips["arrived"]).dt.days
    trips["counts"] = (trips["home"].fillna("") != trips["municipality_code"]) & (
        trips["purpose"] != "relatives"
    )
    return trips


def outside_programmes(data, table):
    """Rows of out-of-prefecture pairs of people who are in no other table than visits."""
    tied = {
        *data["engagements"]["person_id"],
        *data["enrollments"]["person_id"],
        *data["supports"]["person_id"],
        *data["visits"].loc[data["visits"]["organization_id"].notna(), "person_id"],
    }
    far = table["home"].notna() & (table["home"].str[:2] != table["municipality_code"].str[:2])
    return table[far & ~table["person_id"].isin(tied)]


def share_coming(trips, times):
    by_pair = trips.sort_values("arrived").groupby(PAIR)["arrived"]
    span = (by_pair.shift(-(times - 1)) - trips["arrived"]).dt.days
    return len(trips.loc[span < 365, PAIR].drop_duplicates()) / by_pair.ngroups


def frequent(trips, code, on):
    """People with four counted visits and more in the 365 days up to *on*."""
    window = trips["counts"] & trips["arrived"].between(on - pd.Timedelta(days=364), on)
    return int((trips[window & (trips["municipality_code"] == code)].groupby("person_id").size() >= 4).sum())


def stages_at(data, on):
    """The default ruleset of contract section 4 on one day, person × municipality."""
    trips = merged(data)
    trips = trips[trips["counts"]]
    enrollments = data["enrollments"].assign(
        holds=lambda table: (
            (pd.to_datetime(table["started_on"]) <= on) & ~(pd.to_datetime(table["ended_on"]) < on)
        )
    )
    engagements = data["engagements"].assign(age=lambda t: (on - pd.to_datetime(t["engaged_on"])).dt.days)
    pairs = pd.concat([trips[PAIR], enrollments[PAIR], engagements[PAIR]]).drop_duplicates()
    signals = pd.DataFrame(index=pd.MultiIndex.from_frame(pairs))

    def put(name, rows, value=None):
        groups = rows.groupby(PAIR)
        signals[name] = (
            (groups.size() if value is None else groups[value].sum()).reindex(signals.index).fillna(0)
        )

    arrived, departed = (on - trips["arrived"]).dt.days, (on - trips["departed"]).dt.days
    for days in (56, 180, 365, 730):
        put(f"visits_{days}", trips[arrived < days])
    for days in (56, 365):
        put(f"nights_{days}", trips[(departed >= 0) & (departed < days)], "nights")
    months = trips.assign(month=trips["arrived"].dt.to_period("M")).drop_duplicates([*PAIR, "month"])
    put("months", months[(on - months["arrived"]).dt.days < 365])
    put("ever", trips)
    year = engagements[engagements["age"] < 365]
    put("engaged", year[year["kind"].isin(["contribution", "work_onsite", "work_remote", "participation"])])
    put("supporter", year[year["kind"].isin(["contribution", "work_onsite"])])
    remote = engagements["kind"].isin(["donation", "purchase", "online"])
    put("contacts", engagements[(engagements["age"] < 730) & remote])
    for name, scheme in (
        ("premium", "furusato_premium"),
        ("trial", "dual_trial"),
        ("residence", "dual_residence"),
        ("relocated", "relocation"),
    ):
        put(name, enrollments[enrollments["holds"] & (enrollments["scheme"] == scheme)])
    put("enrolled", enrollments[enrollments["holds"] & (enrollments["scheme"] != "relocation")])
    s = signals
    conditions = [
        s.relocated > 0,
        (s.residence > 0) & (s.visits_180 >= 1) & ((s.nights_365 >= 30) | (s.months >= 6)),
        (s.visits_56 >= 8) & (s.nights_56 == 0) & (s.enrolled == 0),
        (s.visits_365 >= 4)
        | ((s.visits_365 >= 2) & (s.engaged >= 1))
        | ((s.visits_365 >= 1) & ((s.premium > 0) | (s.supporter >= 3)))
        | (s.trial > 0),
        (s.visits_365 >= 2) | ((s.visits_365 >= 1) & (s.visits_730 >= 3)),
        s.visits_365 >= 1,
        (s.ever == 0) & ((s.contacts >= 1) | (s.enrolled > 0)),
    ]
    return pd.Series(np.select(conditions, LADDER_AND_BESIDE[:-1], "dormant"), index=s.index)


def test_the_same_people_and_seed_give_the_same_files(tmp_path: Path):
    write_dataset(tmp_path / "one", people=SMALL)
    write_dataset(tmp_path / "two", people=SMALL)
    write_dataset(tmp_path / "other", people=SMALL, seed=1)
    for name in TABLES:
        one, two = (pq.read_table(tmp_path / folder / f"{name}.parquet") for folder in ("one", "two"))
        assert one.equals(two)
    one, other = (pq.read_table(tmp_path / folder / "visits.parquet") for folder in ("one", "other"))
    assert not one.equals(other)


def test_too_few_people_are_refused_in_both_languages(tmp_path: Path):
    with pytest.raises(UsageError) as refused:
        write_dataset(tmp_path, people=LEAST_PEOPLE - 1)
    assert "1000" in refused.value.text("ja")
    assert "1000" in refused.value.text("en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_file_has_the_contracts_columns_and_types_alone(name, tmp_path: Path):
    write_dataset(tmp_path, people=SMALL)
    schema = pq.read_schema(tmp_path / f"{name}.parquet")
    table = pq.read_table(tmp_path / f"{name}.parquet")
    assert table.num_rows > 0
    assert set(schema.names) <= {column.name for column in TABLES[name].columns}
    for column in TABLES[name].columns:
        if column.required:
            assert table[column.name].null_count == 0
        if column.name in schema.names:
            wanted = {"date": pa.date32(), "integer": pa.int64(), "number": pa.float64()}
            assert schema.field(column.name).type == wanted.get(column.type, pa.string())


def test_every_value_of_every_enum_appears(data):
    assert set(data["visits"]["purpose"].dropna()) == set(PURPOSES)
    assert set(data["engagements"]["kind"]) == set(ENGAGEMENT_KINDS)
    assert set(data["enrollments"]["scheme"]) == set(SCHEMES)
    assert set(data["supports"]["kind"]) == set(SUPPORT_KINDS)
    assert set(data["programs"]["kind"]) == set(PROGRAM_KINDS)


def test_codes_ids_and_prices_are_what_the_loader_reads(data):
    visits = data["visits"]
    assert set(visits["municipality_code"]) == set(PLACES) == set(data["coverage"]["municipality_code"])
    for code in {*visits["home_municipality_code"].dropna(), *data["people"]["home_municipality_code"]}:
        assert resolve_code(code, prefecture_allowed=True).code == code
    for number in data["organizations"]["organization_id"]:
        assert parse_organization(number) == number
    prices = visits["spend_yen"].dropna()
    bands = prices[prices.str.contains("円")].unique()
    assert len(bands) >= 7
    for text in bands:
        band = parse_yen(text)
        assert band.value is None
        assert band.low is not None or band.high is not None
    assert visits["visit_id"].is_unique


def test_the_loader_accepts_every_row(tmp_path: Path):
    write_dataset(tmp_path / "files", people=SMALL)
    files = load_files(tmp_path / "warehouse", [tmp_path / "files"], key=b"k" * 32)
    assert {file.table for file in files} == set(TABLES)
    for file in files:
        assert (file.accepted, file.duplicate, file.rejected) == (file.read, 0, 0)


def test_every_reference_to_another_table_holds(data):
    programs, companies = set(data["programs"]["program_id"]), set(data["organizations"]["organization_id"])
    for name in ("visits", "engagements", "enrollments", "supports"):
        assert set(data[name]["program_id"].dropna()) <= programs
        assert set(data[name]["person_id"].str.fullmatch(r"demo-\d{6}")) == {True}
    for name in ("visits", "engagements"):
        assert set(data[name]["organization_id"].dropna()) <= companies
    scopes = set(data["targets"]["scope"])
    assert scopes <= {*PLACES, *programs, "30", "JP"}


def test_all_rows_lie_between_the_first_day_and_the_horizon(data):
    first, last = data["coverage"]["covered_from"].min(), data["coverage"]["covered_through"].max()
    assert (str(first), str(last)) == ("2022-04-01", "2026-09-30")
    for name in ("visits", "engagements", "enrollments", "supports"):
        column = TABLES[name].dated_by or "supported_on"
        assert data[name][column].between(first, last).all()
    departed = data["visits"].dropna(subset="departed_on")
    assert (departed["departed_on"] >= departed["arrived_on"]).all()
    assert departed["departed_on"].max() <= last
    ended = data["enrollments"].dropna(subset="ended_on")
    assert (ended["ended_on"] >= ended["started_on"]).all()


def test_everything_invented_says_so(data):
    assert data["programs"]["name_ja"].str.endswith("（架空データ）").all()
    assert data["programs"]["name_en"].str.endswith("(fictitious data)").all()
    assert data["organizations"]["name"].str.contains("架空").all()
    assert data["events"]["label_ja"].str.contains("架空データ").all()
    official = data["area_stats"]["source"].str.contains("住民基本台帳")
    assert (data["area_stats"].loc[official, "metric"] == "住基人口").all()
    assert data["area_stats"].loc[~official, "source"].str.contains("架空データ").all()


def test_few_come_twice_a_year_and_very_few_four_times(usual):
    trips = outside_programmes(usual, merged(usual))
    assert SHARE_TWICE[0] <= share_coming(trips, 2) <= SHARE_TWICE[1]
    assert SHARE_FOUR_TIMES[0] <= share_coming(trips, 4) <= SHARE_FOUR_TIMES[1]


def test_three_quarters_of_the_return_gaps_are_under_ten_months(usual):
    trips = outside_programmes(usual, merged(usual)).sort_values([*PAIR, "arrived"])
    gaps = trips.groupby(PAIR)["arrived"].diff().dt.days.dropna()
    assert gaps.quantile(0.75) == pytest.approx(RETURN_GAP_QUARTILE_DAYS, rel=0.12)


def test_one_gap_in_seven_between_records_is_one_day(usual):
    records = usual["visits"].rename(columns={"home_municipality_code": "home"})
    records["home"] = records["home"].fillna(
        records["person_id"].map(usual["people"].groupby("person_id")["home_municipality_code"].last())
    )
    records = outside_programmes(usual, records).sort_values([*PAIR, "arrived_on"])
    gaps = (
        pd.to_datetime(records["arrived_on"]).groupby([records[key] for key in PAIR]).diff().dt.days.dropna()
    )
    assert (gaps == 1).mean() == pytest.approx(SHARE_ONE_DAY_GAPS, abs=0.02)


def test_the_visitors_of_wakayama_are_fewer_than_the_sum_of_its_towns(data):
    trips = merged(data)
    here = trips[trips["counts"] & trips["municipality_code"].str.startswith("30")]
    for rows in (here, here[here["arrived"] > HORIZON - pd.Timedelta(days=365)]):
        summed = rows.groupby("municipality_code")["person_id"].nunique().sum()
        assert SHARE_COUNTED_TWICE[0] <= 1 - rows["person_id"].nunique() / summed <= SHARE_COUNTED_TWICE[1]


def test_spending_has_the_size_of_the_national_survey(usual):
    visits = usual["visits"]
    yen = pd.to_numeric(visits["spend_yen"], errors="coerce")
    stays = visits["departed_on"].notna()
    assert yen[stays].mean() == pytest.approx(SPENT_IN_MUNICIPALITY * LODGING_TRIP_YEN, rel=0.12)
    assert yen[~stays].mean() == pytest.approx(SPENT_IN_MUNICIPALITY * DAY_TRIP_YEN, rel=0.12)
    assert 0.5 < visits["spend_yen"].notna().mean() < 0.65


def test_people_come_from_every_prefecture_some_unknown_and_some_residents(usual):
    home = usual["visits"]["home_municipality_code"]
    assert home.str[:2].nunique() == 47
    assert 0.03 < home.isna().mean() < 0.1
    assert 0.05 < (home.str.len() == 2).mean() < 0.12
    assert 0.004 < (home == usual["visits"]["municipality_code"]).mean() < 0.03


def test_snow_brings_winter_guests_to_minamiuonuma_and_the_beach_summer_guests_to_shirahama(usual):
    trips = merged(usual)
    months = trips.groupby("municipality_code")["arrived"].apply(lambda days: days.dt.month.value_counts())
    assert months["15226"].nlargest(2).index.tolist() == [1, 2]
    assert months["30401"].idxmax() == 8
    weekend = trips["arrived"].dt.day_of_week >= 4
    assert weekend.mean() > 0.5


def test_ikusaka_climbs_towards_ten_people_who_come_four_times_a_year(data):
    trips = merged(data)
    days = ["2023-09-30", "2024-09-30", "2025-09-30", "2026-03-31", "2026-09-30"]
    climb = [frequent(trips, "20448", pd.Timestamp(day)) for day in days]
    assert climb == [2, 4, 6, 7, 8]
    aims = data["targets"].query("scope == '20448' and kpi_id == 'K01'").set_index("fiscal_year")["value"]
    assert aims.to_dict() == {2025: 10, 2026: 10}


def test_every_stage_is_populated_at_the_end(data):
    stages = stages_at(data, HORIZON).value_counts()
    assert set(stages.index) == set(LADDER_AND_BESIDE)
    assert stages["tourist"] > stages["loyal"] > stages["dual"] > 0
    assert stages["routine"] >= 4


def test_most_of_the_trial_made_four_round_trips_and_every_trip_earned_miles(data):
    trial = data["programs"].set_index("kind").loc["dual_residence"]
    assert trial["required_round_trips"] == 4
    assert sorted(trial["municipality_codes"].split(";")) == [
        "01633",
        "30206",
        "30401",
        "30406",
        "37208",
        "42210",
    ]
    enrolled = data["enrollments"][data["enrollments"]["scheme"] == "dual_trial"]
    trips = merged(data)
    trips = trips[
        trips["arrived"].between("2025-09-01", "2025-12-31") & (trips["program_id"] == trial["program_id"])
    ]
    made = trips.groupby(PAIR).size().reindex(pd.MultiIndex.from_frame(enrolled[PAIR])).fillna(0)
    assert len(made) >= 18
    assert 0.6 < (made >= 4).mean() < 0.95
    assert (made < 4).any()
    miles = data["supports"][data["supports"]["kind"] == "miles"]
    assert miles.groupby(PAIR).size().sum() == made.sum() == len(trips)
    after = merged(data).query("arrived >= '2026-03-31'")
    assert set(after["person_id"]) & set(enrolled["person_id"])


def test_companies_come_to_kamaishi_with_proposals_and_some_employees_return_alone(data):
    trips = merged(data).query("municipality_code == '03211'")
    company = trips[trips["organization_id"].notna()]
    assert company["organization_id"].nunique() == len(data["organizations"]) == 12
    assert company.groupby("organization_id").size().min() >= 2
    assert set(company["purpose"]) == {"workation"}
    alone = trips[trips["organization_id"].isna() & trips["person_id"].isin(company["person_id"])]
    assert len(alone) > 0
    kinds = data["engagements"][data["engagements"]["organization_id"].notna()]["kind"]
    assert {"participation", "contribution"} <= set(kinds)


def test_one_guest_of_kotohira_moved_there_and_one_student_works_in_miyama(data):
    joined = data["enrollments"].groupby(["municipality_code", "scheme"]).size()
    assert joined["37403", "relocation"] == 1
    assert joined["26213", "local_employment"] == 1
    moved = data["enrollments"].query("municipality_code == '37403' and scheme == 'relocation'").iloc[0]
    visits = (
        data["visits"].query("municipality_code == '37403'").set_index("person_id").loc[[moved["person_id"]]]
    )
    assert (visits["arrived_on"] < moved["started_on"]).any()


def test_every_programme_has_participants(data):
    took_part = pd.concat([data["visits"], data["enrollments"]])
    people = took_part.groupby("program_id")["person_id"].nunique()
    for program_id in data["programs"]["program_id"]:
        assert people[program_id] >= 12
