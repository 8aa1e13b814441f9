-- purpose: One figure for every municipality with data, with its place, its rank and its change over a year.
-- grain:   region_code
-- reads:   mart_kpis, dim_regions, dim_members
-- params:
--   $kpi_id           varchar  K01 and so on
--   $part             varchar  empty for the value itself
--   $as_of            date     the day asked about
--   $segment_kind     varchar  all, or a kind of segment
--   $segment_value    varchar  all, or a value of that kind
--   $region_level     varchar  prefecture, nation, group: whose municipalities are asked for
--   $region_code      varchar  code at that level
-- columns:
--   region_code         varchar  municipality
--   name_ja             varchar  name in Japanese
--   name_en             varchar  name in Latin letters
--   prefecture_name_ja  varchar  its prefecture
--   prefecture_name_en  varchar  its prefecture
--   longitude           double   of the town hall
--   latitude            double   of the town hall
--   value               double   the figure; null where there is none
--   change              double   value less that of the same day a year before
--   n                   bigint   people or visits it rests on
--   status              varchar  final, provisional, no_data, suppressed
--   value_rank          bigint   1 for the largest value; null where there is none
--   change_rank         bigint   1 for the largest rise; null where it cannot be compared
--   value_size          double   area of a mark, 0 to 1 of the largest value
--   change_size         double   area of a mark, 0 to 1 of the largest change either way

with

places as (

    select
        municipalities.region_code,
        municipalities.name_ja,
        coalesce(municipalities.name_en, municipalities.name_ja) as name_en,
        prefectures.name_ja as prefecture_name_ja,
        coalesce(prefectures.name_en, prefectures.name_ja) as prefecture_name_en,
        municipalities.longitude,
        municipalities.latitude
    from dim_members as members
    inner join dim_regions as municipalities
        on
            municipalities.region_level = 'municipality'
            and municipalities.region_code = members.municipality_code
    left join dim_regions as prefectures
        on
            prefectures.region_level = 'prefecture'
            and prefectures.region_code = municipalities.prefecture_code
    where
        members.region_level = $region_level
        and members.region_code = $region_code
        and municipalities.longitude is not null

),

figures as (

    select
        region_code,
        value,
        previous,
        n,
        status
    from mart_kpis
    where
        region_level = 'municipality'
        and kpi_id = $kpi_id
        and part = $part
        and segment_kind = $segment_kind
        and segment_value = $segment_value
        and as_of = $as_of

),

compared as (

    select
        places.region_code,
        places.name_ja,
        places.name_en,
        places.prefecture_name_ja,
        places.prefecture_name_en,
        places.longitude,
        places.latitude,
        figures.value,
        figures.value - figures.previous as change,
        figures.n,
        coalesce(figures.status, 'no_data') as status
    from places
    left join figures on figures.region_code = places.region_code

)

select
    region_code,
    name_ja,
    name_en,
    prefecture_name_ja,
    prefecture_name_en,
    longitude,
    latitude,
    value,
    change,
    cast(n as bigint) as n,
    status,
    cast(case when value is not null then rank() over (order by value desc nulls last) end as bigint) as value_rank,
    cast(
        case when change is not null then rank() over (order by change desc nulls last) end as bigint
    ) as change_rank,
    abs(value) / nullif(max(abs(value)) over (), 0) as value_size,
    abs(change) / nullif(max(abs(change)) over (), 0) as change_size
from compared
order by value desc nulls last, region_code
