-- purpose: The KPIs of one region that say something else than in the snapshot before, the latest days first.
-- grain:   kpi_id, as_of
-- reads:   mart_changes
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code at that level
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   as_of          date     the day
--   value_before   double   as the snapshot before had it
--   value_after    double   as it is now
--   status_before  varchar  final, provisional, no_data; null where the day was not there
--   status_after   varchar  final, provisional, no_data; null where the day is gone

select
    kpi_id,
    as_of,
    value_before,
    value_after,
    status_before,
    status_after
from mart_changes
where
    region_level = $region_level
    and region_code = $region_code
order by as_of desc, kpi_id
