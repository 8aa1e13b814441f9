-- purpose: People by how many days they took from the first step to each later one.
-- grain:   step, days_band
-- reads:   funnel_reached, ask_steps
-- params:  none
-- columns:
--   step       integer  number of the step
--   days_band  varchar  0, 1-7, 8-30, 31-60, 61-90, 91-180, 181-270, 271-365, 366-730, 731+
--   people     bigint   zero included

with

bands as (

    select band_no, days_band, from_days, until_days
    from (
        values
        (1, '0', 0, 1),
        (2, '1-7', 1, 8),
        (3, '8-30', 8, 31),
        (4, '31-60', 31, 61),
        (5, '61-90', 61, 91),
        (6, '91-180', 91, 181),
        (7, '181-270', 181, 271),
        (8, '271-365', 271, 366),
        (9, '366-730', 366, 731),
        (10, '731+', 731, 100000)
    ) as listed (band_no, days_band, from_days, until_days)

)

select
    steps.step,
    bands.days_band,
    count(reached.person) as people
from ask_steps as steps
cross join bands
left join funnel_reached as reached
    on
        steps.step = reached.step
        and reached.fastest_us >= bands.from_days * 86400000000
        and reached.fastest_us < bands.until_days * 86400000000
where steps.step > 1 and steps.role <> 'excluded'
group by steps.step, bands.band_no, bands.days_band
order by steps.step, bands.band_no
