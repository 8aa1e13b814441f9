-- purpose: K16 コホート到達率: share of the newest fiscal-year cohort watched so long that reached a stage within 12, 24, 36 months.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   mart_cohorts, mart_cohort_curves
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all
--   segment_value  varchar  all
--   value          double   null where nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what
--   n              bigint   people behind the value
--   status         varchar  final, provisional, no_data

-- The newest cohort everybody of which is watched for so long; where there is none, the newest with an estimate.

with

measured as (

    select
        cohorts.region_level,
        cohorts.region_code,
        cohorts.as_of,
        cohorts.reach_on,
        cohorts.cohort,
        cohorts.target,
        cohorts.people,
        cohorts.early,
        curves.days,
        curves.is_complete,
        curves.reached,
        curves.incidence,
        case
            when curves.incidence > 0 and curves.incidence < 1
                then curves.std_error / ((1 - curves.incidence) * abs(ln(1 - curves.incidence)))
        end as spread
    from mart_cohorts as cohorts
    inner join mart_cohort_curves as curves
        on
            cohorts.region_level = curves.region_level
            and cohorts.region_code = curves.region_code
            and cohorts.as_of = curves.as_of
            and cohorts.cohort_kind = curves.cohort_kind
            and cohorts.cohort = curves.cohort
            and cohorts.entry = curves.entry
            and cohorts.target = curves.target
    where
        cohorts.cohort_kind = 'fy'
        and cohorts.entry = 'all'
        and curves.days in (365, 730, 1095)
        and curves.incidence is not null

),

chosen as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        target,
        people,
        early,
        days,
        is_complete,
        reached,
        incidence,
        spread
    from measured
    qualify row_number() over (
        partition by region_level, region_code, as_of, target, days
        order by is_complete desc, cohort desc
    ) = 1

),

parts as (

    select part, target, days, bound
    from (
        values
        ('', 'related', 365, ''),
        ('loyal_12', 'loyal', 365, ''),
        ('loyal_24', 'loyal', 730, ''),
        ('loyal_36', 'loyal', 1095, ''),
        ('related_12', 'related', 365, ''),
        ('related_24', 'related', 730, ''),
        ('related_36', 'related', 1095, ''),
        ('dual_12', 'dual', 365, ''),
        ('dual_24', 'dual', 730, ''),
        ('dual_36', 'dual', 1095, ''),
        ('settled_12', 'settled', 365, ''),
        ('settled_24', 'settled', 730, ''),
        ('settled_36', 'settled', 1095, ''),
        ('related_12_low', 'related', 365, 'low'),
        ('related_12_high', 'related', 365, 'high'),
        ('related_24_low', 'related', 730, 'low'),
        ('related_24_high', 'related', 730, 'high'),
        ('related_36_low', 'related', 1095, 'low'),
        ('related_36_high', 'related', 1095, 'high')
    ) as listed (part, target, days, bound)

)

select
    'K16' as kpi_id,
    parts.part,
    chosen.region_level,
    chosen.region_code,
    chosen.as_of,
    chosen.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    case parts.bound
        when 'low' then 1 - pow(1 - chosen.incidence, exp(-1.959963984540054 * chosen.spread))
        when 'high' then 1 - pow(1 - chosen.incidence, exp(1.959963984540054 * chosen.spread))
        else chosen.incidence
    end as value,
    cast(chosen.reached as double) as numerator,
    cast(chosen.people as double) as denominator,
    chosen.people as n,
    case when chosen.is_complete and chosen.early = 0 then 'final' else 'provisional' end as status
from chosen
inner join parts
    on
        chosen.target = parts.target
        and chosen.days = parts.days
