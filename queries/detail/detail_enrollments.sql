-- purpose: The enrollments of one municipality, as published.
-- grain:   input_order
-- reads:   stg_enrollments
-- params:
--   $region_code  varchar  5-digit code of the municipality
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   scheme             varchar  as contract.SCHEMES
--   started_on         date     first day it holds
--   ended_on           date     last day it holds; null while it runs
--   program_id         varchar  programme
--   source             varchar  kind of log
--   load_id            integer  the load it came with
--   file_no            integer  file within the load
--   line               integer  line within the file
--   input_order        bigint   rises over all rows ever loaded

select
    person_key,
    municipality_code,
    scheme,
    started_on,
    ended_on,
    program_id,
    source,
    load_id,
    file_no,
    line,
    input_order
from stg_enrollments
where municipality_code = $region_code
order by input_order
