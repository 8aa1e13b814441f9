-- purpose: What this snapshot is: when, by which ruleset, from how many rows.
-- grain:   snapshot_id
-- reads:   ask_facts, int_horizons
-- params:  none
-- columns:
--   snapshot_id      varchar    name of the snapshot
--   built_at         timestamp  UTC
--   ruleset_id       varchar    判定ルール
--   ruleset_version  varchar    its version
--   data_label       varchar    fictitious, or empty
--   first_on         date       first day covered by any municipality
--   last_on          date       last day covered by any municipality
--   rows_read        bigint     over all loads
--   rows_accepted    bigint     over all loads
--   rows_duplicate   bigint     over all loads
--   rows_rejected    bigint     over all loads

select
    facts.snapshot_id,
    facts.built_at,
    facts.ruleset_id,
    facts.ruleset_version,
    facts.data_label,
    min(horizons.first_on) as first_on,
    max(horizons.horizon_on) as last_on,
    facts.rows_read,
    facts.rows_accepted,
    facts.rows_duplicate,
    facts.rows_rejected
from ask_facts as facts
left join int_horizons as horizons
    on true
group by
    facts.snapshot_id, facts.built_at, facts.ruleset_id, facts.ruleset_version, facts.data_label,
    facts.rows_read, facts.rows_accepted, facts.rows_duplicate, facts.rows_rejected
