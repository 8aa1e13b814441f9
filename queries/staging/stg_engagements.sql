-- purpose: Ties other than presence, none after a declared horizon.
-- grain:   input_order
-- reads:   raw_engagements, stg_coverage
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   engaged_on         date     day
--   kind               varchar  as the contract lists
--   hours              double   hours spent
--   amount_yen         bigint   yen
--   organization_id    varchar  company on whose behalf
--   program_id         varchar  programme
--   source             varchar  kind of log
--   load_id            integer  the load it came with
--   file_no            integer  file within the load
--   line               integer  line within the file
--   input_order        bigint   rises over all rows ever loaded

select
    engagements.person_key,
    engagements.municipality_code,
    engagements.engaged_on,
    engagements.kind,
    engagements.hours,
    engagements.amount_yen,
    engagements.organization_id,
    engagements.program_id,
    engagements.source,
    engagements.load_id,
    engagements.file_no,
    engagements.line,
    engagements.input_order
from raw_engagements as engagements
left join stg_coverage as coverage
    on engagements.municipality_code = coverage.municipality_code
where coverage.covered_through is null or engagements.engaged_on <= coverage.covered_through
