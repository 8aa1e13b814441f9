-- purpose: Who reached which step, by the best of their chains.
-- grain:   person, step
-- reads:   funnel_chains, funnel_tracks
-- params:  none
-- columns:
--   person      bigint   who
--   step        integer  number of the step
--   fastest_us  bigint   shortest time from the first step to this one; null where it was not asked

select
    tracks.person,
    chains.step,
    min(chains.at_us - chains.started_us) as fastest_us
from funnel_chains as chains
inner join funnel_tracks as tracks
    on chains.track = tracks.track
group by tracks.person, chains.step
