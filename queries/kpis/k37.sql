-- purpose: K37 支援1人当たり費用対効果: yen of supports over the people who came to live in two places after the first of them.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_supports_at, int_municipality_spells, dim_programs, mart_coverage
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
--   n              bigint   people supported
--   status         varchar  final, provisional, no_data

with

running as (

    select
        supports.region_level,
        supports.region_code,
        supports.as_of,
        supports.reach_on,
        supports.program_id,
        count(
            case
                when supports.own_program is not null and coalesce(programs.ends_on > supports.as_of, true) then 1
            end
        ) > 0 as is_running
    from int_supports_at as supports
    left join dim_programs as programs
        on supports.own_program = programs.program_id
    group by
        supports.region_level, supports.region_code, supports.as_of, supports.reach_on, supports.program_id

),

duals as (

    select
        municipality_code,
        person_key,
        min(valid_from) as dual_on
    from int_municipality_spells
    where stage = 'dual'
    group by municipality_code, person_key

),

ties as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        program_id,
        municipality_code,
        person_key,
        min(supported_on) as supported_on,
        sum(yen) as yen
    from int_supports_at
    group by region_level, region_code, as_of, reach_on, program_id, municipality_code, person_key

),

measured as (

    select
        '' as part,
        ties.region_level,
        ties.region_code,
        ties.as_of,
        ties.reach_on,
        ties.program_id,
        coalesce(cast(sum(ties.yen) as double), 0) as numerator,
        cast(
            count(
                distinct case
                    when duals.dual_on > ties.supported_on and duals.dual_on <= ties.as_of then ties.person_key
                end
            ) as double
        ) as denominator,
        count(distinct ties.person_key) as n
    from ties
    left join duals
        on
            ties.municipality_code = duals.municipality_code
            and ties.person_key = duals.person_key
    group by ties.region_level, ties.region_code, ties.as_of, ties.reach_on, ties.program_id

)

select
    'K37' as kpi_id,
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
    case when running.is_running then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
inner join running
    on
        measured.region_level = running.region_level
        and measured.region_code = running.region_code
        and measured.as_of = running.as_of
        and measured.reach_on = running.reach_on
        and measured.program_id = running.program_id
