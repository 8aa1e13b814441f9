-- purpose: Every KPI of one region and segment on one day, beside the same day a year before and the target.
-- grain:   kpi_id, part
-- reads:   mart_kpis, mart_coverage, dim_targets
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code at that level
--   $as_of          date     the day asked about
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   kpi_id       varchar  K01 and so on
--   part         varchar  empty for the value itself
--   value        double   the figure
--   numerator    double   of a ratio
--   denominator  double   of a ratio
--   n            bigint   people or visits it rests on
--   status       varchar  final, provisional, no_data, suppressed
--   previous     double   the same day a year before; null where other municipalities reported then
--   change       double   value less previous
--   target       double   of the fiscal year, for everybody only
--   achievement  double   share of the target reached
--   gap          double   what is missing to the target, never below zero

with

days as (

    select
        cast($as_of as date) as as_of,
        cast(last_day(cast($as_of as date) - interval 1 year) as date) as before,
        cast(year(cast($as_of as date) - interval 3 month) as bigint) as fiscal_year

),

figures as (

    select
        as_of,
        kpi_id,
        part,
        value,
        numerator,
        denominator,
        n,
        status
    from mart_kpis
    where
        region_level = $region_level
        and region_code = $region_code
        and segment_kind = $segment_kind
        and segment_value = $segment_value
        and as_of in (select as_of from days union all select before from days)

),

-- Horizons only end: the municipalities that report on the later day are among those that reported
-- on the earlier one. So equal numbers mean the same municipalities, and only then a change means one.
reporting as (

    select
        as_of,
        members_reporting
    from mart_coverage
    where
        region_level = $region_level
        and region_code = $region_code

),

same_members as (

    select count(*) = 2 and min(reporting.members_reporting) = max(reporting.members_reporting) as is_same
    from reporting
    where reporting.as_of in (select as_of from days union all select before from days)

),

targets as (

    select
        dim_targets.kpi_id,
        max(dim_targets.value) as target
    from dim_targets
    inner join days on days.fiscal_year = dim_targets.fiscal_year
    where
        dim_targets.scope = $region_code
        and $segment_kind = 'all'
    group by dim_targets.kpi_id

),

-- The target of K01 is one of a fiscal year, so what has been reached of it is K02, not the 365 days.
achievements as (

    select
        'K01' as kpi_id,
        figures.value as achievement
    from figures
    inner join days on days.as_of = figures.as_of
    where figures.kpi_id = 'K02' and figures.part = ''

),

compared as (

    select
        today.kpi_id,
        today.part,
        today.value,
        today.numerator,
        today.denominator,
        today.n,
        today.status,
        case when same_members.is_same and earlier.status <> 'no_data' then earlier.value end as previous,
        case when today.part = '' then targets.target end as target,
        achievements.achievement
    from figures as today
    inner join days on days.as_of = today.as_of
    cross join same_members
    left join figures as earlier
        on
            earlier.as_of = days.before
            and earlier.kpi_id = today.kpi_id
            and earlier.part = today.part
    left join targets on targets.kpi_id = today.kpi_id
    left join achievements on achievements.kpi_id = today.kpi_id and today.part = ''

)

select
    kpi_id,
    part,
    value,
    numerator,
    denominator,
    cast(n as bigint) as n,
    status,
    previous,
    value - previous as change,
    target,
    coalesce(achievement, value / nullif(target, 0)) as achievement,
    greatest(target - value, 0.0) as gap
from compared
order by kpi_id, part
