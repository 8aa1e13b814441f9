-- purpose: What the next snapshot is compared with: every KPI of every region and day, everybody together.
-- grain:   kpi_id, region_level, region_code, as_of
-- reads:   mart_kpis
-- params:  none
-- columns:
--   kpi_id        varchar  id in kayoi/metrics.toml
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     the day
--   value         double   null where nothing can be said
--   status        varchar  final, provisional, no_data

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
    and kpi_id <> 'K38'
