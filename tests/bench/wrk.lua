-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Wuyou authors
-- The client of every figure over HTTP; wrk … -- KIND FILE FIRST TOKEN
-- paths: GET of one line of FILE after the other, round and round. bodies: POST to the path of the URL, each line of
-- FILE from line FIRST on once, with the id in it as idempotency key; nothing is sent when they are used up.
local lines, at = {}, 0
local next_request

local function read_lines (path, first)
  local number = 0
  for line in io.lines (path) do
    number = number + 1
    if number >= first then
      lines[#lines + 1] = line
    end
  end
end

local function next_path ()
  at = at % #lines + 1
  return lines[at]
end

local function next_body ()
  at = at + 1
  if at > #lines then
    wrk.thread:stop ()
    return ""
  end
  wrk.headers["Idempotency-Key"] = string.match (lines[at], '"id":"([^"]+)"')
  return wrk.format ("POST", nil, nil, lines[at])
end

function init (args)
  read_lines (args[2], tonumber (args[3]))
  wrk.headers["Authorization"] = "Bearer " .. args[4]
  wrk.headers["Content-Type"] = "application/json"
  if args[1] == "bodies" then
    next_request = next_body
    return
  end
  for i, path in ipairs (lines) do
    lines[i] = wrk.format ("GET", path)
  end
  next_request = next_path
end

function request ()
  return next_request ()
end

function done (summary, latency, requests)
  local errors = summary.errors
  io.write (string.format (
    '{"requests":%d,"seconds":%.6f,"refused":%d,"broken":%d,"bytes":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, summary.bytes,
    latency:percentile (50), latency:percentile (99)))
end
