-- purpose: K20 関係人口 類型別: people of K19 by what they did in the 365 days; one person may do several things.
-- grain:   part, region_level, region_code, as_of, reach_on, segment_kind, segment_value
-- reads:   stg_engagements, int_as_ofs, int_members_at, int_people_at, int_delivered_at, mart_stock, mart_coverage
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

acts as (

    select distinct
        as_ofs.as_of,
        as_ofs.reach_on,
        engagements.municipality_code,
        engagements.person_key,
        engagements.kind
    from stg_engagements as engagements
    inner join int_as_ofs as as_ofs
        on engagements.engaged_on between as_ofs.w365_from and as_ofs.as_of

),

people as (

    select distinct
        members.region_level,
        members.region_code,
        members.as_of,
        members.reach_on,
        acts.person_key,
        acts.kind
    from acts
    inner join int_members_at as members
        on
            acts.as_of = members.as_of
            and acts.reach_on = members.reach_on
            and acts.municipality_code = members.municipality_code

),

related as (

    select
        people.region_level,
        people.region_code,
        people.as_of,
        people.reach_on,
        people.kind,
        count(*) as people
    from people
    inner join int_people_at as standing
        on
            people.region_level = standing.region_level
            and people.region_code = standing.region_code
            and people.as_of = standing.as_of
            and people.reach_on = standing.reach_on
            and people.person_key = standing.person_key
    where standing.stage in ('loyal', 'related', 'dual')
    group by people.region_level, people.region_code, people.as_of, people.reach_on, people.kind

),

stock as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        sum(people) as people
    from mart_stock
    where stage in ('loyal', 'related', 'dual') and segment_kind = 'all'
    group by region_level, region_code, as_of, reach_on

),

measured as (

    select
        kinds.kind as part,
        stock.region_level,
        stock.region_code,
        stock.as_of,
        stock.reach_on,
        cast(coalesce(related.people, 0) as double) as numerator,
        cast(stock.people as double) as denominator,
        coalesce(related.people, 0) as n
    from stock
    inner join int_delivered_at as delivered
        on
            stock.region_level = delivered.region_level
            and stock.region_code = delivered.region_code
            and stock.as_of = delivered.as_of
            and stock.reach_on = delivered.reach_on
            and delivered.record = 'engagements'
    cross join (
        values
        ('contribution'), ('work_onsite'), ('work_remote'), ('participation'), ('hobby'),
        ('donation'), ('purchase'), ('online')
    ) as kinds (kind)
    left join related
        on
            stock.region_level = related.region_level
            and stock.region_code = related.region_code
            and stock.as_of = related.as_of
            and stock.reach_on = related.reach_on
            and kinds.kind = related.kind

)

select
    'K20' as kpi_id,
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
