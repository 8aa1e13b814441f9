-- purpose: K28 4往復達成率: of the people enrolled in a programme, the share that came as often as it asks within its period.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_enrolled_at, mart_coverage
-- params:  none
-- columns:
--   kpi_id         varchar  id in kayoi/metrics.toml
--   part           varchar  empty for the KPI itself, else the part of it
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   segment_kind   varchar  all, program
--   segment_value  varchar  all, or the id of the programme
--   value          double   null where the denominator is zero or nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   people enrolled
--   status         varchar  final, provisional, no_data

with

enrolled as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        person_key,
        visits_within >= required_round_trips as is_fulfilled,
        coalesce(ends_on > as_of, true) as is_running
    from int_enrolled_at
    where required_round_trips is not null

),

measured as (

    select
        '' as part,
        region_level,
        region_code,
        as_of,
        reach_on,
        case when grouping(program_id) = 0 then program_id else 'all' end as program_id,
        cast(count(distinct case when is_fulfilled then person_key end) as double) as numerator,
        cast(count(distinct person_key) as double) as denominator,
        count(distinct person_key) as n,
        bool_or(is_running) as is_running
    from enrolled
    group by grouping sets (
        (region_level, region_code, as_of, reach_on),
        (region_level, region_code, as_of, reach_on, program_id)
    )

)

select
    'K28' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    case when measured.program_id = 'all' then 'all' else 'program' end as segment_kind,
    measured.program_id as segment_value,
    measured.numerator / nullif(measured.denominator, 0) as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case when measured.is_running then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
