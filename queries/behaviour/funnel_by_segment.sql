-- purpose: How many people of each segment reached each step.
-- grain:   segment_value, step
-- reads:   funnel_reached, funnel_segments, ask_steps
-- params:  none
-- columns:
--   segment_value  varchar  unknown where not known
--   step           integer  number of the step
--   people         bigint   reached it, zero included
--   dropped        bigint   reached the required step before, and not this one; null for the first
--   step_rate      double   of those who reached the required step before; null where nobody did
--   start_rate     double   of those who reached the first step; null where nobody did

with

placed as (

    select
        reached.step,
        coalesce(segments.segment_value, 'unknown') as segment_value,
        count(*) as people
    from funnel_reached as reached
    left join funnel_segments as segments
        on reached.person = segments.person
    group by reached.step, coalesce(segments.segment_value, 'unknown')

),

listed as (

    select distinct segment_value
    from placed

),

counted as (

    select
        listed.segment_value,
        steps.step,
        steps.before_step,
        coalesce(placed.people, 0) as people
    from listed
    cross join ask_steps as steps
    left join placed
        on
            listed.segment_value = placed.segment_value
            and steps.step = placed.step
    where steps.role <> 'excluded'

)

select
    counted.segment_value,
    counted.step,
    counted.people,
    before.people - counted.people as dropped,
    counted.people / cast(nullif(before.people, 0) as double) as step_rate,
    counted.people / cast(nullif(first_step.people, 0) as double) as start_rate
from counted
left join counted as before
    on
        counted.segment_value = before.segment_value
        and counted.before_step = before.step
inner join counted as first_step
    on
        counted.segment_value = first_step.segment_value
        and first_step.step = 1
order by first_step.people desc, counted.segment_value, counted.step
