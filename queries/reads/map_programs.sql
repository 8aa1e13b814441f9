-- purpose: The programmes that run on one day, and the named groups: which municipalities take part.
-- grain:   kind, area_id
-- reads:   dim_programs, dim_regions, dim_members
-- params:
--   $as_of  date  the day asked about
-- columns:
--   kind                varchar  program, group
--   area_id             varchar  id of the programme or group
--   name_ja             varchar  name
--   name_en             varchar  name
--   municipality_codes  varchar  codes separated by ;

select
    'program' as kind,
    program_id as area_id,
    coalesce(name_ja, program_id) as name_ja,
    coalesce(name_en, name_ja, program_id) as name_en,
    municipality_codes
from dim_programs
where
    municipality_codes is not null
    and (starts_on is null or starts_on <= $as_of)
    and (ends_on is null or ends_on >= $as_of)

union all

select
    'group' as kind,
    regions.region_code as area_id,
    regions.name_ja,
    coalesce(regions.name_en, regions.name_ja) as name_en,
    string_agg(members.municipality_code, ';' order by members.municipality_code) as municipality_codes
from dim_regions as regions
inner join dim_members as members
    on
        members.region_level = 'group'
        and members.region_code = regions.region_code
where regions.region_level = 'group'
group by regions.region_code, regions.name_ja, regions.name_en
order by kind, area_id
