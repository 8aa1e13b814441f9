-- purpose: What the published snapshot is, for the line under every title and the definitions page.
-- grain:   none
-- reads:   dim_snapshot
-- params:  none
-- columns:
--   snapshot_id      varchar    name of the published snapshot
--   built_at         timestamp  when it was built
--   ruleset_id       varchar    rules the stages follow
--   ruleset_version  varchar    version of those rules
--   data_label       varchar    fictitious, or empty
--   first_on         date       first day in the data
--   last_on          date       last day in the data
--   rows_read        bigint     rows of all loaded files
--   rows_accepted    bigint     of those, accepted
--   rows_duplicate   bigint     of those, merged as exact duplicates
--   rows_rejected    bigint     of those, refused

select
    cast(snapshot_id as varchar) as snapshot_id,
    cast(built_at as timestamp) as built_at,
    cast(ruleset_id as varchar) as ruleset_id,
    cast(ruleset_version as varchar) as ruleset_version,
    cast(data_label as varchar) as data_label,
    cast(first_on as date) as first_on,
    cast(last_on as date) as last_on,
    cast(rows_read as bigint) as rows_read,
    cast(rows_accepted as bigint) as rows_accepted,
    cast(rows_duplicate as bigint) as rows_duplicate,
    cast(rows_rejected as bigint) as rows_rejected
from dim_snapshot
