"""The provider's quickstart as it stands, with host and key from the environment, the batch id handed on,
and the f that its second sample forgets. Creates, reads until the results are there, creates again, cancels."""

import json
import os
import time

import requests

host = os.environ["BATCHDECK_URL"]  # the base URL, e.g. http://127.0.0.1:3000/sandbox/v1
key = os.environ["BATCHDECK_TOKEN"]


def create():
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json"
    }

    data = {
      "requests": [
        {
          "custom_id": "my-request-01",
          "params": {
            "model": "openai/gpt-4o-mini-batch",
            "max_tokens": 1024,
            "messages": [
              {
                "role": "user",
                "content": "How to learn nestjs?"
              }
            ],
            "metadata": {
              "ANY_ADDITIONAL_PROPERTY": "text"
            },
            "stop_sequences": [
              "text"
            ],
            "system": "text",
            "temperature": 1,
            "tool_choice": None,
            "tools": [],
            "top_k": 1,
            "top_p": 1,
            "thinking": {
              "budget_tokens": 1024,
              "type": "enabled"
            }
          }
        },
        {
          "custom_id": "my-request-02",
          "params": {
            "model": "openai/gpt-4o-mini-batch",
            "max_tokens": 1024,
            "messages": [
              {
                "role": "user",
                "content": "How to learn Reactjs?"
              }
            ],
            "metadata": {
              "ANY_ADDITIONAL_PROPERTY": "text"
            },
            "stop_sequences": [
              "text"
            ],
            "system": "text",
            "temperature": 1,
            "tool_choice": None,
            "tools": [],
            "top_k": 1,
            "top_p": 1,
            "thinking": {
              "budget_tokens": 1024,
              "type": "enabled"
            }
          }
        },
        {
          "custom_id": "my-request-03",
          "params": {
            "model": "openai/gpt-4o-mini-batch",
            "max_tokens": 1024,
            "messages": [
              {
                "role": "user",
                "content": "How to learn Nextjs?"
              }
            ],
            "metadata": {
              "ANY_ADDITIONAL_PROPERTY": "text"
            },
            "stop_sequences": [
              "text"
            ],
            "system": "text",
            "temperature": 1,
            "tool_choice": None,
            "tools": [],
            "top_k": 1,
            "top_p": 1,
            "thinking": {
              "budget_tokens": 1024,
              "type": "enabled"
            }
          }
        }
      ]
    }

    response = requests.post(f"{host}/batches", headers=headers, data=json.dumps(data))

    data = response.json()
    print("Batch created:", json.dumps(data, indent=2, ensure_ascii=False))
    return data['batch_id']


def read(batch_id):
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json"
    }

    response = requests.get(f"{host}/batches/{batch_id}", headers=headers)

    print("Raw response:\n", response.text[:500])

    try:
        data = [json.loads(line) for line in response.text.splitlines() if line.strip()]
        print("\n✅ Parsed JSONL:")
        print(json.dumps(data, indent=2))
    except json.JSONDecodeError:
        try:
            data = response.json()
            print("\n✅ Parsed JSON:")
            print(json.dumps(data, indent=2))
        except Exception as e:
            print("\n⚠️ Could not parse response:", e)
    return data


def cancel(batch_id):
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json"
    }

    response = requests.post(
        f"{host}/batches/{batch_id}/cancel",
        headers=headers
    )
    if response.status_code == 200:
        print("Batch canceled successfully:")
        data = response.json()
        print(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        print(f"Failed to cancel batch ({response.status_code}):")
        data = response.json()
        print(json.dumps(data, indent=2, ensure_ascii=False))
    return response.status_code


first = os.environ.get("BATCHDECK_BATCH_ID") or create()
for _ in range(60):
    answer = read(first)
    lines = answer if isinstance(answer, list) else [answer]
    if all("custom_id" in line for line in lines):
        break
    time.sleep(1)
else:
    raise SystemExit("The results did not come within a minute.")
print("Results:", sorted(line["custom_id"] for line in lines))

second = create()
if cancel(second) != 200:
    raise SystemExit("The second batch could not be cancelled.")
