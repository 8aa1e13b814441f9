-- purpose: K21 非訪問系: people with two or more donations, purchases or online contacts in 730 days who never came.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_engagements, stg_homes, int_visit_profiles, int_as_ofs, int_members_at, int_delivered_at, mart_coverage
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

-- A resident's donation to the own town is no tie from outside.
contacts as (

    select
        as_ofs.as_of,
        as_ofs.reach_on,
        engagements.municipality_code,
        engagements.person_key,
        count(*) as contacts
    from stg_engagements as engagements
    inner join int_as_ofs as as_ofs
        on engagements.engaged_on between as_ofs.as_of - 729 and as_ofs.as_of
    left join stg_homes as homes
        on
            engagements.person_key = homes.person_key
            and engagements.municipality_code = homes.home_municipality_code
            and as_ofs.as_of >= homes.home_from
            and (homes.home_to is null or as_ofs.as_of < homes.home_to)
    where engagements.kind in ('donation', 'purchase', 'online') and homes.person_key is null
    group by as_ofs.as_of, as_ofs.reach_on, engagements.municipality_code, engagements.person_key

),

people as (

    select
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        contacts.person_key
    from contacts
    inner join int_members_at as members
        on
            contacts.as_of = members.as_of
            and contacts.reach_on = members.reach_on
            and contacts.municipality_code = members.municipality_code
    group by members.region_level, members.region_code, members.as_of, members.reach_on, contacts.person_key
    having sum(contacts.contacts) >= 2

),

firsts as (

    select
        municipality_code,
        person_key,
        arrived_on
    from int_visit_profiles
    where arrived_before is null and person_key in (select contacts.person_key from contacts)

),

visitors as (

    select distinct
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        firsts.person_key
    from firsts
    inner join int_members_at as members
        on
            firsts.municipality_code = members.municipality_code
            and firsts.arrived_on <= members.as_of

),

counted as (

    select
        people.region_level,
        people.region_code,
        people.as_of,
        people.reach_on,
        count(*) as people
    from people
    left join visitors
        on
            people.region_level = visitors.region_level
            and people.region_code = visitors.region_code
            and people.as_of = visitors.as_of
            and people.reach_on = visitors.reach_on
            and people.person_key = visitors.person_key
    where visitors.person_key is null
    group by people.region_level, people.region_code, people.as_of, people.reach_on

),

measured as (

    select
        '' as part,
        delivered.region_level,
        delivered.region_code,
        delivered.as_of,
        delivered.reach_on,
        cast(coalesce(counted.people, 0) as double) as numerator,
        cast(null as double) as denominator,
        coalesce(counted.people, 0) as n
    from int_delivered_at as delivered
    left join counted
        on
            delivered.region_level = counted.region_level
            and delivered.region_code = counted.region_code
            and delivered.as_of = counted.as_of
            and delivered.reach_on = counted.reach_on
    where delivered.record = 'engagements'

)

select
    'K21' as kpi_id,
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
    case when coverage.first_on > measured.as_of - 729 then 'provisional' else 'final' end as status
from measured
inner join mart_coverage as coverage
    on
        measured.region_level = coverage.region_level
        and measured.region_code = coverage.region_code
        and measured.as_of = coverage.as_of
        and measured.reach_on = coverage.reach_on
