-- purpose: Every KPI of one region and segment on one day, beside the same day a year before and the target.
-- grain:   kpi_id, part
-- reads:   mart_kpis, mart_targets
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
--   previous     double   the same day a year before, over the members that speak on the day
--   change       double   value less previous
--   target       double   of the fiscal year, or in proportion to the time gone; for everybody and for a programme
--   achievement  double   share of the target reached

with

figures as (

    select
        kpi_id,
        part,
        value,
        numerator,
        denominator,
        n,
        status,
        previous
    from mart_kpis
    where
        region_level = $region_level
        and region_code = $region_code
        and segment_kind = $segment_kind
        and segment_value = $segment_value
        and as_of = $as_of

),

targets as (

    select
        kpi_id,
        part,
        target
    from mart_targets
    where
        as_of = $as_of
        and reach_on = as_of
        and scope = case $segment_kind when 'all' then $region_code when 'program' then $segment_value end
        -- Of a programme's people only what it is the programme's own figure of.
        and ($segment_kind = 'all' or kpi_id in ('K27', 'K28', 'K29', 'K37'))

),

-- The target of K01 is one of a fiscal year, so what has been reached of it is K02, not the 365 days.
achievements as (

    select
        'K01' as kpi_id,
        value as achievement
    from figures
    where kpi_id = 'K02' and part = ''

)

select
    figures.kpi_id,
    figures.part,
    figures.value,
    figures.numerator,
    figures.denominator,
    cast(figures.n as bigint) as n,
    figures.status,
    figures.previous,
    figures.value - figures.previous as change,
    targets.target,
    case
        when targets.target is not null
            then coalesce(achievements.achievement, figures.value / nullif(targets.target, 0))
    end as achievement
from figures
left join targets on targets.kpi_id = figures.kpi_id and targets.part = figures.part
left join achievements on achievements.kpi_id = figures.kpi_id and figures.part = ''
order by figures.kpi_id, figures.part
