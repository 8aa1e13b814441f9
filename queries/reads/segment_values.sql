-- purpose: The segments a region has people in on one day, with the names of programmes.
-- grain:   segment_kind, segment_value
-- reads:   mart_stock, dim_programs
-- params:
--   $region_level  varchar  municipality, prefecture, nation, group
--   $region_code   varchar  code at that level
--   $as_of         date     the day asked about
-- columns:
--   segment_kind   varchar  origin_block, age_band, gender, purpose, program
--   segment_value  varchar  value of that kind, or unknown
--   name_ja        varchar  of a programme, else null
--   name_en        varchar  of a programme, else null

with

segments as (

    select distinct
        segment_kind,
        segment_value
    from mart_stock
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and reach_on = as_of
        and people > 0
        and segment_kind <> 'all'

)

select
    segments.segment_kind,
    segments.segment_value,
    programs.name_ja,
    programs.name_en
from segments
left join dim_programs as programs
    on
        segments.segment_kind = 'program'
        and programs.program_id = segments.segment_value
order by
    case segments.segment_kind
        when 'origin_block' then 1
        when 'age_band' then 2
        when 'gender' then 3
        when 'purpose' then 4
        else 5
    end,
    case when segments.segment_value = 'unknown' then 1 else 0 end,
    segments.segment_value
