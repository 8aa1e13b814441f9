-- purpose: K24 premium 更新率: of premium registrations that ended in the fiscal year to date, the share renewed within 30 days.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_enrollments, int_as_ofs, int_members_at, mart_coverage
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
--   value          double   null where the denominator is zero or nothing can be said
--   numerator      double   what is counted
--   denominator    double   of what; null where the KPI has none
--   n              bigint   registrations that ended
--   status         varchar  final, provisional, no_data

with

premium as (

    select distinct
        municipality_code,
        person_key,
        started_on,
        ended_on
    from stg_enrollments
    where scheme = 'furusato_premium'

),

-- Renewed: another registration of the same person there begins by then and holds for longer.
ended as (

    select
        premium.municipality_code,
        premium.person_key,
        premium.ended_on,
        min(later.started_on) as renewed_on
    from premium
    left join premium as later
        on
            premium.municipality_code = later.municipality_code
            and premium.person_key = later.person_key
            and later.started_on <= premium.ended_on + 30
            and (later.ended_on is null or later.ended_on > premium.ended_on)
    where premium.ended_on is not null
    group by premium.municipality_code, premium.person_key, premium.ended_on

),

measured as (

    select
        '' as part,
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        cast(count(case when ended.renewed_on <= members.as_of then 1 end) as double) as numerator,
        cast(count(*) as double) as denominator,
        count(*) as n,
        count(
            case
                when ended.ended_on + 30 > members.as_of and coalesce(ended.renewed_on > members.as_of, true) then 1
            end
        ) as still_open
    from ended
    inner join int_as_ofs as as_ofs
        on ended.ended_on between as_ofs.fy_from and as_ofs.as_of
    inner join int_members_at as members
        on
            as_ofs.as_of = members.as_of
            and as_ofs.reach_on = members.reach_on
            and ended.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on

)

select
    'K24' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    measured.numerator / nullif(measured.denominator, 0) as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case
        when month(measured.as_of) <> 3 or day(measured.as_of) <> 31 then 'provisional'
        when coverage.first_on > make_date(year(measured.as_of) - 1, 4, 1) then 'provisional'
        when measured.still_open > 0 then 'provisional'
        else 'final'
    end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
