-- purpose: Who did how many of the steps within the window, in any order: step n means n of them.
-- grain:   person, step
-- reads:   funnel_spans, funnel_ranks, funnel_tracks, ask_steps
-- params:  none
-- columns:
--   person      bigint   who
--   step        integer  number of the step
--   fastest_us  bigint   shortest time from the first step to this one; null where it was not asked

with

best as (

    select
        spans.track,
        ranks.steps,
        min(spans.took_us) as took_us
    from funnel_spans as spans
    inner join funnel_ranks as ranks
        on spans.signature = ranks.signature
    group by spans.track, ranks.steps

)

select
    tracks.person,
    steps.step,
    min(best.took_us) as fastest_us
from best
inner join funnel_tracks as tracks
    on best.track = tracks.track
inner join ask_steps as steps
    on best.steps >= steps.step
group by tracks.person, steps.step
