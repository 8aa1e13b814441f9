-- purpose: One figure for every municipality or prefecture of a region, day by day, with its rank and mark.
-- grain:   region_code, as_of
-- reads:   mart_kpis, dim_regions, dim_members, dim_as_ofs, dim_area_stats
-- params:
--   $kpi_id           varchar  K01 and so on
--   $part             varchar  empty for the value itself
--   $show             varchar  value, per_thousand, change, change_rate: what is ranked and drawn
--   $place_level      varchar  municipality, prefecture: what is drawn
--   $first_on         date     the earliest day; as_of for one day alone
--   $as_of            date     the last day
--   $segment_kind     varchar  all, or a kind of segment
--   $segment_value    varchar  all, or a value of that kind
--   $region_level     varchar  prefecture, nation, group: whose places are asked for
--   $region_code      varchar  code at that level
-- columns:
--   region_code         varchar  municipality or prefecture
--   as_of               date     the day
--   name_ja             varchar  name in Japanese
--   name_en             varchar  name in Latin letters
--   prefecture_name_ja  varchar  its prefecture; null of a prefecture
--   prefecture_name_en  varchar  its prefecture; null of a prefecture
--   longitude           double   of the office
--   latitude            double   of the office
--   value               double   the figure; null where there is none
--   change              double   value less that of the same day a year before
--   change_rate         double   change as a share of the value a year before
--   per_thousand        double   value for every 1,000 residents
--   n                   bigint   people or visits it rests on
--   status              varchar  final, provisional, no_data, suppressed
--   shown               double   the one of the four that was asked for
--   shown_rank          bigint   1 for the largest of the day; null where there is none
--   shown_size          double   0 to 1 of the largest of all days, either way

with

members as (

    select
        dim_members.municipality_code,
        case
            when $place_level = 'prefecture' then municipalities.prefecture_code
            else municipalities.region_code
        end as region_code,
        dim_members.horizon_on
    from dim_members
    inner join dim_regions as municipalities
        on
            municipalities.region_level = 'municipality'
            and municipalities.region_code = dim_members.municipality_code
    where
        dim_members.region_level = $region_level
        and dim_members.region_code = $region_code

),

places as (

    select
        regions.region_code,
        regions.name_ja,
        coalesce(regions.name_en, regions.name_ja) as name_en,
        prefectures.name_ja as prefecture_name_ja,
        coalesce(prefectures.name_en, prefectures.name_ja) as prefecture_name_en,
        regions.longitude,
        regions.latitude
    from dim_regions as regions
    left join dim_regions as prefectures
        on
            regions.region_level = 'municipality'
            and prefectures.region_level = 'prefecture'
            and prefectures.region_code = regions.prefecture_code
    where
        regions.region_level = $place_level
        and regions.longitude is not null
        and exists (
            select 1
            from members
            where members.region_code = regions.region_code
        )

),

days as (

    select as_of
    from dim_as_ofs
    where
        as_of <= $as_of
        and as_of >= $first_on

),

-- Of each municipality that speaks on the day, the latest figure at or before it.
residents_of_members as (

    select
        members.region_code,
        days.as_of,
        members.municipality_code,
        arg_max(residents.value, residents.month) as residents
    from members
    inner join days on days.as_of <= members.horizon_on
    left join dim_area_stats as residents
        on
            residents.municipality_code = members.municipality_code
            and residents.metric = '住基人口'
            and residents.month <= strftime(days.as_of, '%Y-%m')
    group by members.region_code, days.as_of, members.municipality_code

),

-- One municipality without a figure, and the prefecture has none: a part of the residents is not the residents.
residents_of_places as (

    select
        region_code,
        as_of,
        case when count(*) = count(residents) then sum(residents) end as residents
    from residents_of_members
    group by region_code, as_of

),

figures as (

    select
        region_code,
        as_of,
        value,
        previous,
        n,
        status
    from mart_kpis
    where
        region_level = $place_level
        and kpi_id = $kpi_id
        and part = $part
        and segment_kind = $segment_kind
        and segment_value = $segment_value

),

compared as (

    select
        places.region_code,
        days.as_of,
        places.name_ja,
        places.name_en,
        places.prefecture_name_ja,
        places.prefecture_name_en,
        places.longitude,
        places.latitude,
        figures.value,
        figures.value - figures.previous as change,
        (figures.value - figures.previous) / nullif(figures.previous, 0) as change_rate,
        1000 * figures.value / nullif(residents_of_places.residents, 0) as per_thousand,
        figures.n,
        coalesce(figures.status, 'no_data') as status
    from places
    cross join days
    left join figures
        on
            figures.region_code = places.region_code
            and figures.as_of = days.as_of
    left join residents_of_places
        on
            residents_of_places.region_code = places.region_code
            and residents_of_places.as_of = days.as_of

),

drawn as (

    select
        region_code,
        as_of,
        name_ja,
        name_en,
        prefecture_name_ja,
        prefecture_name_en,
        longitude,
        latitude,
        value,
        change,
        change_rate,
        per_thousand,
        n,
        status,
        case $show
            when 'change' then change
            when 'change_rate' then change_rate
            when 'per_thousand' then per_thousand
            else value
        end as shown
    from compared

)

select
    region_code,
    as_of,
    name_ja,
    name_en,
    prefecture_name_ja,
    prefecture_name_en,
    longitude,
    latitude,
    value,
    change,
    change_rate,
    per_thousand,
    cast(n as bigint) as n,
    status,
    shown,
    cast(
        case when shown is not null then rank() over (partition by as_of order by shown desc nulls last) end as bigint
    ) as shown_rank,
    abs(shown) / nullif(max(abs(shown)) over (), 0) as shown_size
from drawn
order by as_of, shown desc nulls last, region_code
