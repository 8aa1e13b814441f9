-- purpose: The rows of a file, with the steps each could serve.
-- grain:   none
-- reads:   ask_file_rows, ask_file_days, ask_names, funnel_file_tracks
-- params:
--   $is_strict  boolean  rows that serve no step matter too
-- columns:
--   track   bigint   the person
--   at_us   bigint   microseconds since 1970, Japanese time
--   mask    integer  steps it could serve, a bit each
--   breaks  integer  0: nothing is excluded

-- A time with an offset is brought to Japanese time; one without has none and is taken as it stands.

with

wanted as (

    select
        rows.person,
        rows.time_text,
        rows.happened_at,
        coalesce(names.mask, 0) as mask
    from ask_file_rows as rows
    left join ask_names as names
        on rows.event = names.event
    where names.mask is not null or $is_strict

)

select
    tracks.track,
    epoch_us(
        case
            when wanted.happened_at is not null then wanted.happened_at
            when days.on_day is not null then cast(days.on_day as timestamp)
            when regexp_matches(wanted.time_text, '[T ].*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$')
                then cast(wanted.time_text as timestamptz) at time zone 'Asia/Tokyo'
            else cast(wanted.time_text as timestamp)
        end
    ) as at_us,
    wanted.mask,
    0 as breaks
from wanted
inner join funnel_file_tracks as tracks
    on wanted.person = tracks.person_text
left join ask_file_days as days
    on wanted.time_text = days.time_text
