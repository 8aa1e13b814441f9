-- purpose: Which KPIs say something else than in the snapshot before, everybody together; empty in a first snapshot.
-- grain:   kpi_id, region_level, region_code, as_of
-- reads:   mart_kpis, ask_kpis_before
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   value_before   double   as the snapshot before had it; null where it said nothing
--   value_after    double   as it is now; null where nothing is said
--   status_before  varchar  final, provisional, no_data; null where the day or region was not there
--   status_after   varchar  final, provisional, no_data; null where the day or region is gone

with

now as (

    select
        kpi_id,
        region_level,
        region_code,
        as_of,
        value,
        status
    from mart_kpis
    where
        segment_kind = 'all'
        and part = ''
        -- Counts the days to the day of the build, so it changes whatever is loaded.
        and kpi_id <> 'K38'

)

select
    coalesce(now.kpi_id, before.kpi_id) as kpi_id,
    coalesce(now.region_level, before.region_level) as region_level,
    coalesce(now.region_code, before.region_code) as region_code,
    coalesce(now.as_of, before.as_of) as as_of,
    before.value as value_before,
    now.value as value_after,
    before.status as status_before,
    now.status as status_after
from now
full join ask_kpis_before as before
    on
        now.kpi_id = before.kpi_id
        and now.region_level = before.region_level
        and now.region_code = before.region_code
        and now.as_of = before.as_of
where
    exists (select 1 as one from ask_kpis_before)
    and (
        now.status is distinct from before.status
        or (now.value is null) <> (before.value is null)
        -- Sums of the same numbers in another order may differ in the last digits.
        or abs(now.value - before.value) > 1e-9 * greatest(abs(now.value), abs(before.value))
    )
