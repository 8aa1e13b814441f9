-- purpose: What is to be reached by each day: own targets of the fiscal year, and national ones in proportion to the time gone.
-- grain:   scope, kpi_id, part, as_of, reach_on
-- reads:   dim_targets, ref_paces, int_as_ofs
-- params:  none
-- columns:
--   scope     varchar  region code or programme
--   kpi_id    varchar  id in kayoi/metrics.toml
--   part      varchar  empty for the KPI itself, else the part of it
--   as_of     date     the day
--   reach_on  date     as in the other marts; the target is the same
--   target    double   in the unit of the KPI

with

own as (

    select
        targets.scope,
        targets.kpi_id,
        '' as part,
        as_ofs.as_of,
        as_ofs.reach_on,
        targets.value as target
    from dim_targets as targets
    inner join int_as_ofs as as_ofs
        on targets.fiscal_year = year(as_ofs.fy_from)

),

-- 600 by 2029-10-31 from 2024-10-31 on: on 2026-10-31 it is two fifths of the way.
paces as (

    select
        paces.scope,
        paces.kpi_id,
        paces.part,
        as_ofs.as_of,
        as_ofs.reach_on,
        paces.value
        * date_diff('day', paces.starts_on, least(as_ofs.as_of, paces.ends_on))
        / date_diff('day', paces.starts_on, paces.ends_on) as target
    from ref_paces as paces
    inner join int_as_ofs as as_ofs
        on paces.starts_on < as_ofs.as_of

)

select
    scope,
    kpi_id,
    part,
    as_of,
    reach_on,
    target
from own

union all

select
    paces.scope,
    paces.kpi_id,
    paces.part,
    paces.as_of,
    paces.reach_on,
    paces.target
from paces
left join own
    on
        paces.scope = own.scope
        and paces.kpi_id = own.kpi_id
        and paces.part = own.part
        and paces.as_of = own.as_of
        and paces.reach_on = own.reach_on
where own.scope is null
