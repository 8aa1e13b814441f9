-- purpose: Every KPI and part of one region on one day, for everybody, with its target.
-- grain:   kpi_id, part
-- reads:   mart_kpis, mart_targets
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code of the region
--   $as_of         date     the day
-- columns:
--   kpi_id       varchar  id in kayoi/metrics.toml
--   part         varchar  empty for the KPI itself, else the part of it
--   value        double   null where nothing can be said
--   numerator    double   what is counted
--   denominator  double   of what; null where the KPI has none
--   n            bigint   people (or visits) behind the value
--   status       varchar  final, provisional, no_data
--   previous         double   the same a year before, over the members that speak on the day
--   previous_status  varchar  final, provisional; null where there is none
--   target       double   of the fiscal year of the day, or in proportion to the time gone

select
    kpis.kpi_id,
    kpis.part,
    kpis.value,
    kpis.numerator,
    kpis.denominator,
    kpis.n,
    kpis.status,
    kpis.previous,
    kpis.previous_status,
    targets.target
from mart_kpis as kpis
left join mart_targets as targets
    on
        kpis.kpi_id = targets.kpi_id
        and kpis.part = targets.part
        and kpis.region_code = targets.scope
        and kpis.as_of = targets.as_of
        and targets.as_of = targets.reach_on
where
    kpis.region_level = $region_level
    and kpis.region_code = $region_code
    and kpis.as_of = $as_of
    and kpis.segment_kind = 'all'
order by kpis.kpi_id, kpis.part
