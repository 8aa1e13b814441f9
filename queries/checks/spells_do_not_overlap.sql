-- purpose: No person is ever in two stages of one region on one day. Must return no rows.
-- grain:   region_level, region_code, person_key, valid_from
-- reads:   int_municipality_spells, int_regional_spells
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  code of the region
--   person_key    bigint   offender
--   valid_from    date     start of the spell that begins too early

with

spells as (

    select 'municipality' as region_level, municipality_code as region_code, person_key, valid_from, valid_to
    from int_municipality_spells

    union all

    select region_level, region_code, person_key, valid_from, valid_to
    from int_regional_spells

),

neighbours as (

    select
        region_level,
        region_code,
        person_key,
        valid_from,
        valid_to,
        lag(valid_from) over person as starts_before,
        lag(coalesce(valid_to, date '9999-12-31')) over person as ends_before
    from spells
    window person as (
        partition by region_level, region_code, person_key
        order by valid_from
    )

)

select
    region_level,
    region_code,
    person_key,
    valid_from
from neighbours
where
    valid_to <= valid_from
    or (starts_before is not null and ends_before > valid_from)
