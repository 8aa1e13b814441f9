-- purpose: K31 企業の関係人口化: organisations with two or more visits to one municipality in the 365 days, and their people.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   int_visits, int_as_ofs, int_members_at, int_routine_at, int_delivered_at, mart_coverage
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
--   n              bigint   people behind the value
--   status         varchar  final, provisional, no_data

with

company_people as (

    select distinct person_key
    from int_visits
    where counted and organization_id is not null

),

-- All visits of people who ever came for a company, by whom they came for.
visits as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        visits.municipality_code,
        visits.person_key,
        visits.organization_id,
        count(*) as visits
    from int_visits as visits
    inner join company_people
        on visits.person_key = company_people.person_key
    inner join int_as_ofs as as_ofs
        on visits.arrived_on between as_ofs.w365_from and as_ofs.as_of
    left join int_routine_at as routine
        on
            as_ofs.as_of = routine.as_of
            and as_ofs.reach_on = routine.reach_on
            and visits.municipality_code = routine.municipality_code
            and visits.person_key = routine.person_key
    where visits.counted and routine.person_key is null
    group by
        as_ofs.as_of, as_ofs.reach_on, visits.municipality_code, visits.person_key, visits.organization_id

),

in_regions as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        visits.municipality_code,
        visits.person_key,
        visits.organization_id,
        visits.visits
    from visits
    inner join int_members_at as members
        on
            visits.as_of = members.as_of
            and visits.reach_on = members.reach_on
            and visits.municipality_code = members.municipality_code

),

company_visits as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        organization_id,
        municipality_code,
        sum(visits) as visits
    from in_regions
    where organization_id is not null
    group by region_level, region_code, as_of, reach_on, organization_id, municipality_code

),

tied as (

    select distinct
        region_level,
        region_code,
        as_of,
        reach_on,
        organization_id
    from company_visits
    where visits >= 2

),

people as (

    select distinct
        in_regions.region_level,
        in_regions.region_code,
        in_regions.as_of,
        in_regions.reach_on,
        in_regions.person_key
    from in_regions
    inner join tied
        on
            in_regions.region_level = tied.region_level
            and in_regions.region_code = tied.region_code
            and in_regions.as_of = tied.as_of
            and in_regions.reach_on = tied.reach_on
            and in_regions.organization_id = tied.organization_id

),

alone as (

    select distinct
        region_level,
        region_code,
        as_of,
        reach_on,
        person_key
    from in_regions
    where organization_id is null

),

company_counts as (

    select region_level, region_code, as_of, reach_on, count(*) as companies
    from tied
    group by region_level, region_code, as_of, reach_on

),

people_counts as (

    select
        people.region_level,
        people.region_code,
        people.as_of,
        people.reach_on,
        count(*) as people,
        count(alone.person_key) as also_alone
    from people
    left join alone
        on
            people.region_level = alone.region_level
            and people.region_code = alone.region_code
            and people.as_of = alone.as_of
            and people.reach_on = alone.reach_on
            and people.person_key = alone.person_key
    group by people.region_level, people.region_code, people.as_of, people.reach_on

),

measured as (

    select
        parts.part,
        delivered.region_level,
        delivered.region_code,
        delivered.as_of,
        delivered.reach_on,
        cast(
            coalesce(
                case parts.part
                    when 'people' then people_counts.people
                    when 'private' then people_counts.also_alone
                    else company_counts.companies
                end, 0
            ) as double
        ) as numerator,
        cast(null as double) as denominator,
        coalesce(case when parts.part = 'private' then people_counts.also_alone else people_counts.people end, 0) as n
    from int_delivered_at as delivered
    cross join (values (''), ('people'), ('private')) as parts (part)
    left join company_counts
        on
            delivered.region_level = company_counts.region_level
            and delivered.region_code = company_counts.region_code
            and delivered.as_of = company_counts.as_of
            and delivered.reach_on = company_counts.reach_on
    left join people_counts
        on
            delivered.region_level = people_counts.region_level
            and delivered.region_code = people_counts.region_code
            and delivered.as_of = people_counts.as_of
            and delivered.reach_on = people_counts.reach_on
    where delivered.record = 'companies'

)

select
    'K31' as kpi_id,
    measured.part,
    measured.region_level,
    measured.region_code,
    measured.as_of,
    measured.reach_on,
    'all' as segment_kind,
    'all' as segment_value,
    measured.numerator as value,
    measured.numerator,
    measured.denominator,
    measured.n,
    case when coverage.first_on > measured.as_of - 364 then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
