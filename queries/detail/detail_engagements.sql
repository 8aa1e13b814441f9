-- purpose: The engagements of one municipality, as published.
-- grain:   input_order
-- reads:   stg_engagements
-- params:
--   $region_code  varchar  5-digit code of the municipality
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   engaged_on         date     day
--   kind               varchar  as the contract lists
--   hours              double   hours spent
--   amount_yen         bigint   yen
--   organization_id    varchar  company
--   program_id         varchar  programme
--   source             varchar  kind of log
--   load_id            integer  the load it came with
--   file_no            integer  file within the load
--   line               integer  line within the file
--   input_order        bigint   rises over all rows ever loaded

select
    person_key,
    municipality_code,
    engaged_on,
    kind,
    hours,
    amount_yen,
    organization_id,
    program_id,
    source,
    load_id,
    file_no,
    line,
    input_order
from stg_engagements
where municipality_code = $region_code
order by input_order
